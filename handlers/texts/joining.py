"""Joining with an invite, inviting others, and what the program keeps about a person."""

from __future__ import annotations

# Stored with each consent, so that it can be proved which words were agreed to (Luật 91/2025/QH15, Điều 9).
CONSENT_VERSION = "2026-11-1"

ROLES = {"reporter": "người báo cáo số liệu", "coordinator": "người đầu mối tổng hợp", "leader": "lãnh đạo theo dõi"}

GREETING = (
    "Chào anh/chị. Đây là trợ lý báo cáo chuyển đổi số của {authority} (hệ thống tự động).\n"
    "Anh/chị được mời tham gia với vai trò: {unit}, {role}.\n"
    "Hệ thống lưu họ tên, đơn vị, mã tài khoản trò chuyện và số liệu anh/chị gửi, chỉ để phục vụ báo cáo. "
    'Gõ "dữ liệu của tôi" để xem hoặc xóa bất cứ lúc nào.'
)
AGREE = "Đồng ý, tham gia"
NOT_ME = "Không phải tôi"
JOINED = "Đã ghi nhận. {unit} phụ trách {count} chỉ tiêu."
JOINED_OVERSEER = "Đã ghi nhận. Anh/chị tham gia với vai trò {role} của {authority}."
NEXT_PERIOD = " Kỳ báo cáo tới: {label}, hạn {due}. Tôi sẽ nhắc trước hạn."
NO_PERIOD_YET = " Kế hoạch chưa có kỳ báo cáo; tôi sẽ báo khi có."
SEE_INDICATORS = "Xem {count} chỉ tiêu"
DECLINED = "Cảm ơn anh/chị đã báo. Tôi không lưu gì về anh/chị, và mã mời vẫn chưa được dùng."
INVITE_UNKNOWN = "Mã mời này không đúng. Anh/chị kiểm tra lại hoặc xin mã mới ở Phòng Văn hóa - Xã hội."
INVITE_EXPIRED = "Lời mời này đã hết hạn ngày {day}. Anh/chị xin mã mới ở Phòng Văn hóa - Xã hội."
INVITE_USED = "Mã mời này đã có người dùng. Anh/chị xin mã mới ở Phòng Văn hóa - Xã hội."
ALREADY_MEMBER = 'Anh/chị đã tham gia rồi. Gõ "trợ giúp" để xem những việc tôi làm được.'

INVITE_WHICH_UNIT = "Anh/chị mời người của đơn vị nào?"
INVITE_NO_UNITS = "Chưa có đơn vị nào. Anh/chị gửi tệp kế hoạch trước, tôi sẽ đọc danh sách đơn vị chủ trì."
INVITE_WHICH_ROLE = "Người được mời của {unit} làm việc gì?"
INVITE_ROLES = {"reporter": "Báo cáo số liệu", "coordinator": "Đầu mối tổng hợp", "leader": "Lãnh đạo theo dõi"}
INVITE_READY = (
    "Mã mời cho {unit} ({role}): {code}\n"
    "Dùng một lần, đến hết ngày {day}. Anh/chị chuyển tiếp tin này cho người được mời."
)
INVITE_LINK = "\nMở: {link}"
INVITE_HOW = "\nNgười được mời mở trò chuyện với trợ lý này rồi gõ mã."
INVITE_OF_COMMUNE_ONLY = "Chỉ người đầu mối tổng hợp mời được người khác."

MY_DATA = (
    "Tôi đang lưu về anh/chị:\nHọ tên: {name}\nĐơn vị: {units}\nTham gia từ: {joined}\n"
    "Tài khoản trò chuyện: {channel}\n"
    "Số liệu đã gửi thuộc về đơn vị. Cần sửa thì anh/chị liên hệ Phòng Văn hóa - Xã hội."
)
# What people call the channels; one without a name here is shown by its own.
CHANNELS = {"telegram": "Telegram", "zalo": "Zalo", "console": "màn hình này"}
ERASE = "Xóa dữ liệu của tôi"
KEEP = "Giữ lại"
ERASE_SURE = (
    "Nếu xóa, tôi bỏ họ tên, tài khoản của anh/chị và không nhắc việc nữa. "
    "Số liệu đã nộp vẫn thuộc về đơn vị. Anh/chị có chắc muốn xóa không?"
)
ERASE_YES = "Xóa"
ERASED = "Đã xóa họ tên và tài khoản của anh/chị. Cảm ơn anh/chị đã tham gia."
KEPT = "Vâng, tôi giữ nguyên."
