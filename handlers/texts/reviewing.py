"""The coordinator's review, and what the unit hears of it."""

from __future__ import annotations

NOTHING_WAITING = "Không có báo cáo nào chờ duyệt."
WAITING = "Có {reports} báo cáo chờ duyệt, trong đó {clean} không có cảnh báo."
APPROVE_CLEAN = "Duyệt {clean} báo cáo không có cảnh báo"
SEE_EACH = "Xem từng báo cáo"
REPORT_HEAD = "{position}/{total}. {unit}, {period}{evidence}:"
REPORT_LINE = "{number}. {name}: {figure}{last}{warning}{note}{evidence}"
LINE_LAST = ", kỳ trước {figure}"
LINE_WARNING = ". Cảnh báo: {warning}"
LINE_NOTE = ". Ghi chú: {note}"
LINE_EVIDENCE = " (có ảnh)"
APPROVE_REPORT = "Duyệt báo cáo này"
RETURN_ONE = "Trả lại một chỉ tiêu"
SEE_EVIDENCE = "Xem ảnh minh chứng"
EVIDENCE_COMES = "Ảnh minh chứng của {unit}:"
EVIDENCE_CAPTION = "Minh chứng {number}"
EVIDENCE_NOT_YET = (
    "Ảnh chưa tải xong hoặc không còn tải được. Anh/chị thử lại sau ít phút, hoặc đề nghị đơn vị gửi lại."
)
LATER = "Để sau"
APPROVED_REPORT = "Đã duyệt {count} chỉ tiêu của {unit}."
APPROVED_CLEAN = "Đã duyệt {reports} báo cáo ({count} chỉ tiêu)."
ALL_REVIEWED = "Không còn báo cáo nào chờ duyệt."
RETURN_WHICH = "Trả lại dòng nào của {unit}? Anh/chị chọn hoặc gõ số dòng."
RETURN_LABEL = "Dòng {number}: {name}"
RETURN_WHY = "Anh/chị chọn lý do trả lại:"
REASONS = ("Số liệu chưa khớp kỳ trước", "Thiếu minh chứng", "Thiếu số đạt/tổng số")
REASON_OTHER = "Khác, tôi nhập"
REASON_TYPE = "Anh/chị ghi lý do giúp."
RETURNED = 'Đã trả lại "{name}" cho {unit}. Các chỉ tiêu khác giữ nguyên.'
GONE = "Chỉ tiêu này không còn chờ duyệt."
CHANGED = "Số liệu vừa thay đổi, anh/chị xem lại giúp."

TOLD_SUBMITTED = "{unit} đã nộp báo cáo {period}: {count} chỉ tiêu{warnings}."
TOLD_WARNINGS = ", {warnings} cảnh báo"
SEE_REPORT = "Xem báo cáo"
TOLD_RETURNED = (
    "Phòng Văn hóa - Xã hội đề nghị kiểm tra lại 1 chỉ tiêu: {name} (anh/chị gửi {figure}). Lý do: {reason}. "
    "Các chỉ tiêu khác giữ nguyên."
)
MEND = "Sửa chỉ tiêu này"
EXPLAIN = "Giữ nguyên và giải thích"
TOLD_APPROVED = "Báo cáo {period} của {unit} đã được duyệt ({count} chỉ tiêu). Cảm ơn anh/chị."
