"""Progress, for the leader, the coordinator, a unit and a group."""

from __future__ import annotations

NO_PERIOD = "Hiện không có kỳ báo cáo nào đang mở."
PICTURE = "Tiến độ {period}"
HEAD = "{period}, hạn {due}: {filled}/{total} chỉ tiêu có số liệu, {approved} đã duyệt."
REACHED = "Đạt hoặc vượt: {reached}. Chưa đạt: {missed}."
REACHED_UNSURE = " Trong đó {count} chỉ tiêu có mức chưa được xác nhận."
GAPS = "Chênh nhiều nhất: {gaps}."
GAP = "{name}: {figure}, chỉ tiêu {target}"
GAP_UNSURE = "{name}: {figure}, chỉ tiêu {target} (chưa được xác nhận)"
SUBMITTED_UNITS = "Đã nộp {done}/{total} đơn vị."
MISSING_UNITS = "Chưa nộp: {units}."
EVERYONE_SUBMITTED = "Tất cả đơn vị đã nộp."
OWN = "{unit}, {period}, hạn {due}: {filled}/{total} chỉ tiêu có số liệu, {submitted} đã nộp, {approved} đã duyệt."
BY_UNIT = "Theo đơn vị"
BY_GROUP = "Theo nhóm"
BY_UNIT_LINE = "{unit}: {submitted}/{total} đã nộp, {approved} đã duyệt"
BY_GROUP_LINE = "{group}: {filled}/{total} có số liệu, {reached} đạt"
BY_GROUP_UNSURE = " ({count} có mức chưa được xác nhận)"
NO_GROUP = "Nhóm khác"

GROUP_HEAD = "Báo cáo {period}, hạn {due}: đã nộp {done}/{total} đơn vị."
GROUP_PRIVATE = "Các đơn vị bấm vào đây để báo cáo trong trò chuyện riêng: {link}"
GROUP_PRIVATE_PLAIN = "Các đơn vị nhắn riêng cho tôi để báo cáo."
GROUP_REGISTERED = "Đã ghi nhận đây là nhóm của {owner}. Tôi sẽ nhắc hạn báo cáo tại đây."
GROUP_NOT_REGISTERED = 'Nhóm này chưa được ghi nhận. Người đầu mối tổng hợp nhắc tên tôi và gõ "đăng ký nhóm".'
GROUP_ONLY = 'Việc này làm trong một nhóm. Anh/chị thêm tôi vào nhóm rồi gõ "đăng ký nhóm".'
