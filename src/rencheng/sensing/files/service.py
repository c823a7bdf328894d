"""What the files hand to the house, as a service does: their jobs and their link in the menu."""

from rencheng.foundation.service import MenuItem, Service
from rencheng.kernel.words import Words
from rencheng.sensing.files.jobs import LOAD, TIDY

SERVICE = Service(
    name="files",
    title=Words("文件载入", "Files"),
    jobs=(LOAD, TIDY),
    menu=(MenuItem(url_name="files:list", title=Words("文件载入", "Files"), audience="staff"),),
)
