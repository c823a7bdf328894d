"""Errors about whole files, in both languages: what a clerk is told when a file cannot be used."""

import re
from functools import cache

from rencheng.kernel.errors import RenchengError
from rencheng.kernel.words import Words

# Chinese words for what our own rooms and the readers say in English; `{}` parts are kept.
_SAYINGS = (
    (
        "文件 {file} 的类型是 {ending}，应为以下之一：{known}，或以 .gz 压缩的文本",
        "file {file} ends in {ending}; it should be one of {known}, or text packed as .gz",
    ),
    (
        "文件 {file} 解压后超过原大小的 {ratio} 倍，不予读取",
        "file {file} unpacks to over {ratio} times its size; this limit is ratio",
    ),
    (
        "文件 {file} 超过 {bytes} 字节且不能分段读取",
        ("file {file} has more than {bytes} bytes and cannot be read in pieces; "
        "this limit is whole_bytes"),
    ),
    (
        "文件 {file} 超过 {bytes} 字节",
        "file {file} has more than {bytes} bytes; this limit is unpacked_bytes",
    ),
    (
        "文件 {file} 超过 {bytes} 字节；请用命令行载入",
        "file {file} has more than {bytes} bytes; load it with the command line",
    ),
    ("文件 {file} 已不再保存；请重新上传", "file {file} is no longer kept; send it again"),
    ("文件 {file} 已损坏或不完整（{why}）", "file {file} is damaged or cut off: {why}"),
    ("文件 {file} 无法打开（{why}）", "file {file} cannot be opened: {why}"),
    (
        "文件 {file} 不是文本，也不是其名称所说的格式",
        "file {file} holds zero bytes; it should be text, or begin with the mark of UTF-16",
    ),
    (
        "文件 {file} 不是表格：表头含有控制字符（{names}）",
        "file {file} is no table: its header holds control characters ({names})",
    ),
    (
        "文件 {file} 没有表头：应有一行列名",
        "file {file}: nothing stands there; it should be the names of the columns",
    ),
    (
        "文件 {file} 共 {count} 列，最多 {most} 列",
        "file {file}: {count} columns; it should be at most {most}; this limit is columns",
    ),
    (
        "没有对照表适合文件 {file}；请选定或新建一个（最接近的：{near}）",
        "file {file} fits no mapping; name one or make one on the page /files/ (nearest: {near})",
    ),
    (
        "没有对照表适合文件 {file}；请选定或新建一个",
        "file {file} fits no mapping; name one or make one on the page /files/",
    ),
    (
        "有多个对照表适合文件 {file}：{names}；请选定一个",
        "file {file} fits several mappings: {names}; name the one you mean",
    ),
    (
        "文件 {file} 没有对照表 {mapping} 所需的列 {missing}；它有 {there}",
        "file {file} has no column {missing}, which mapping {mapping} needs; it has {there}",
    ),
    (
        "文件 {file} 的表头中列 {name} 出现两次，应只有一次",
        "file {file}: column {name} stands twice in the header; it should stand there once",
    ),
    (
        "文件 {file} 不适合对照表 {mapping}：{why}",
        "file {file}, mapping {mapping}: {why}",
    ),
    (
        "{file} 的前 {rows} 行全部被拒收；对照表 {mapping} 不适合此文件",
        ("all of the first {rows} rows of {file} were refused; mapping {mapping} does not fit "
        "this file"),
    ),
    (
        "{file} 的第 {load} 号载入正在别处继续",
        "load {load} of {file} goes on in another run",
    ),
    (
        "对照表 {name} 随平台提供；请另取名称保存副本",
        "mapping {name} comes with the house; save your copy under another name",
    ),
    (
        "对照表 {mapping} 对来源 {source} 的描述不同；请用相同的描述，或换一个来源",
        ("source {source} is described otherwise by mapping {mapping}; use the same words, or "
        "another source"),
    ),
    ("对照表 {name} 不存在；已有 {known}", "mapping {name} is unknown; this house knows {known}"),
    ("对照表中的地点 {code} 未知", "place {code} of the mapping is not known"),
    ("对照表不是 TOML：{why}", "mapping is not TOML: {why}"),
    ("对照表 {name} 的写法不对：{why}", "mapping {name} is not well formed: {why}"),
)  # fmt: skip


def explained(error: RenchengError) -> Words:
    """
    Say what is wrong with a file in both languages; English details stay where nobody knows more.

    Examples
    --------
    >>> from rencheng.kernel.errors import DataError
    >>> explained(DataError("file a.csv cannot be opened: no such file")).zh
    '文件 a.csv 无法打开（no such file）'
    """
    return explained_text(str(error))


def explained_text(text: str) -> Words:
    """Say in both languages what an error's text says; see `explained`."""
    for pattern, zh in _patterns():
        found = pattern.fullmatch(text)
        if found:
            return Words(zh.format(**found.groupdict()), text)
    return Words(f"文件无法使用：{text}", text)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((_pattern(en), zh) for zh, en in _SAYINGS)


def _pattern(saying: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", saying)
    text = "".join(
        f"(?P<{part}>.*?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)
    )
    return re.compile(text, re.DOTALL)
