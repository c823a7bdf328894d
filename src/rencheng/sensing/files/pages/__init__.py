"""Pages of the files, for staff: loads, refused rows, uploads, mappings and their editor."""
