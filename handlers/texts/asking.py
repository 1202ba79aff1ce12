"""Answers to questions over the plans; the answers themselves come from ``retrieval``."""

from __future__ import annotations

ABOUT_ITEM = 'Theo Kế hoạch {plan}, {place}: "{printed}".'
ABOUT_SCANNED = 'Theo Kế hoạch {plan}, {place}: {name}. Chỉ tiêu: {target}. Bản quét có chỗ in không rõ: "{printed}".'
ABOUT_DOUBTFUL = " Bản quét chưa rõ: tôi đang hiểu là {target}, chưa có người xác nhận."
VERBATIM = "Xem nguyên văn"
VERBATIM_HEAD = "Nguyên văn ({place}):\n{text}"
VERBATIM_GONE = "Tôi không còn giữ câu trả lời đó. Anh/chị hỏi lại giúp."
NO_PLANS = (
    "Chưa có kế hoạch nào nên tôi chưa trả lời được. Khi Phòng Văn hóa - Xã hội gửi kế hoạch, anh/chị hỏi lại giúp."
)
QUESTION_TOO_SHORT = 'Anh/chị hỏi rõ hơn giúp tôi, ví dụ: chỉ tiêu 5G là bao nhiêu? Hoặc gõ "trợ giúp".'
