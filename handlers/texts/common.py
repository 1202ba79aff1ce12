"""What is said anywhere: help, not understood, the calm sentence when something broke."""

from __future__ import annotations

APOLOGY = (
    "Xin lỗi anh/chị, tôi chưa xử lý được tin vừa rồi. Số liệu đã gửi trước đó vẫn được giữ. "
    'Anh/chị gửi lại giúp, hoặc gõ "trợ giúp".'
)
NOT_REGISTERED = (
    "Chào anh/chị. Đây là trợ lý báo cáo chuyển đổi số (hệ thống tự động). Anh/chị chưa đăng ký tham gia. "
    "Anh/chị mở đường dẫn mời, hoặc gõ mã mời do Phòng Văn hóa - Xã hội gửi."
)
UNKNOWN_COMMAND = 'Tôi chưa hiểu "{command}". Anh/chị gõ "trợ giúp" để xem những việc tôi làm được.'
UNSUPPORTED = "Tôi chỉ đọc được chữ, ảnh và tệp. Anh/chị gõ nội dung bằng chữ giúp tôi."
PHOTO_WITHOUT_PURPOSE = (
    'Tôi chưa biết ảnh này dùng cho việc gì. Anh/chị gõ "báo cáo" để nhập số liệu, '
    'rồi gửi ảnh ở bước "Thêm ảnh minh chứng".'
)
FILE_WITHOUT_RIGHT = (
    "Kế hoạch do người đầu mối của Phòng Văn hóa - Xã hội gửi vào đây. Anh/chị chuyển tệp cho người đầu mối giúp."
)
STALE_CHOICE = 'Lựa chọn này đã cũ nên tôi không thay đổi gì. Anh/chị chọn trong tin mới nhất, hoặc gõ "trợ giúp".'
NOT_ALLOWED = "Việc này dành cho người đầu mối tổng hợp. Anh/chị liên hệ Phòng Văn hóa - Xã hội nếu cần."
HELP_HEAD = "Anh/chị có thể gõ, có dấu hoặc không dấu:"
HELP_TAIL = "Hoặc hỏi về kế hoạch, ví dụ: chỉ tiêu 5G của xã mình là bao nhiêu?"
NOTHING_TO_STOP = 'Hiện không có việc nào đang làm dở. Anh/chị gõ "trợ giúp" khi cần.'
STOPPED = "Đã dừng. Chưa có gì thay đổi."

MENU_REPORT = "Báo cáo ngay"
MENU_PROGRESS = "Tiến độ"
MENU_REVIEW = "Duyệt báo cáo"
MENU_HELP = "Trợ giúp"
YES = "Đúng"
BACK = "Quay lại"
