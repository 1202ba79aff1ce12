"""Fifteen ways to lay out the appendix table of a plan. The program was improved with the first ten; the last five were
measured before anybody looked at what was read of them.
"""

from __future__ import annotations

from tests.knowledge.ruined_plans import Layout

NUMBER, NAME, UNIT = ("tt", "TT", 12), ("name", "Chỉ tiêu", 75), ("unit", "Đơn vị tính", 20)

SEEN: tuple[Layout, ...] = (
    Layout("groups in Roman numbers", "xã Đá Bàn",
           (NUMBER, ("name", "Chỉ tiêu", 85), ("target", "Mục tiêu năm 2026", 28),
            ("lead", "Cơ quan chủ trì/Đánh giá", 50)), 28, size=13, seed=1),
    Layout("units of measure, times", "xã Khe Lim",
           (("tt", "STT", 13), ("name", "Chỉ tiêu", 66), ("unit", "Đơn vị tính", 18),
            ("target", "Mục tiêu năm 2026", 24), ("lead", "Cơ quan chủ trì", 36), ("due", "Thời gian hoàn thành", 26)),
           30, groups="letters", seed=2, dpi=250),
    Layout("eight columns, wide", "phường Bến Gạo",
           (NUMBER, NAME, UNIT, ("target", "Mục tiêu năm 2026", 25), ("lead", "Cơ quan chủ trì", 42),
            ("coop", "Cơ quan phối hợp", 45), ("due", "Thời gian hoàn thành", 26), ("note", "Ghi chú", 20)),
           40, size=13, wide=True, seed=3),
    Layout("target opens the name", "xã Mường Tè Hạ",
           (("tt", "STT", 12), ("name", "Mục tiêu, chỉ tiêu", 60), ("lead", "Cơ quan chủ trì", 36),
            ("coop", "Cơ quan phối hợp", 42), ("due", "Thời gian thực hiện", 28)),
           24, restarts=True, stated="first", seed=4, tilt=0.2),
    Layout("province, several leads", "tỉnh Sơn Giang",
           (NUMBER, ("name", "Tên chỉ tiêu", 75), UNIT, ("target", "Chỉ tiêu năm 2026", 24),
            ("lead", "Cơ quan chủ trì tham mưu", 50)), 45, size=14, partners=2, seed=5),
    Layout("units before the target", "xã Thác Voi",
           (NUMBER, ("name", "Nội dung chỉ tiêu", 90), ("lead", "Cơ quan chủ trì", 50),
            ("coop", "Cơ quan phối hợp", 50), ("target", "Mục tiêu năm 2026", 28), ("due", "Thời hạn hoàn thành", 32)),
           20, size=14, wide=True, groups="none", seed=6),
    Layout("sixty close rows", "phường Cầu Ván",
           (("tt", "TT", 10), ("name", "Chỉ tiêu", 90), ("lead", "Đơn vị chủ trì", 50),
            ("target", "Chỉ tiêu giao năm 2026", 26)), 60, size=11, groups="none", seed=7, noise=10),
    Layout("last year's figures beside", "xã Đồng Vông",
           (("tt", "TT", 11), ("name", "Chỉ tiêu", 68), ("unit", "ĐVT", 15), ("base", "Thực hiện năm 2025", 24),
            ("target", "Mục tiêu năm 2026", 24), ("lead", "Cơ quan chủ trì", 40)), 32, seed=8),
    Layout("target ends the name, wide", "xã Bản Mòng",
           (("tt", "STT", 14), ("name", "Mục tiêu, chỉ tiêu", 100), ("lead", "Đơn vị chủ trì", 50),
            ("coop", "Đơn vị phối hợp", 50), ("due", "Thời gian", 30), ("note", "Ghi chú", 18)),
           26, stated="last", size=13, wide=True, seed=9, dpi=250, noise=10),
    Layout("narrow lead, words on top", "xã Cửa Lạch",
           (("tt", "TT", 11), ("name", "Chỉ tiêu", 92), ("target", "Mục tiêu 2026", 26),
            ("lead", "Cơ quan chủ trì", 32)),
           22, size=11, font="dejavu", stand="TOP", seed=10),
)  # fmt: skip
ASIDE: tuple[Layout, ...] = (
    Layout("a column of notes", "xã Hang Dơi",
           (("tt", "TT", 11), ("name", "Tên chỉ tiêu", 78), ("target", "Kế hoạch năm 2026", 28),
            ("lead", "Đơn vị thực hiện", 40), ("note", "Ghi chú", 22)), 34, groups="letters", seed=11),
    Layout("a later year's figures beside", "phường Lò Gốm",
           (("tt", "STT", 13), ("name", "Chỉ tiêu", 90), ("target", "Mục tiêu năm 2026", 27),
            ("later", "Mục tiêu năm 2030", 27), ("lead", "Cơ quan chủ trì", 50), ("coop", "Cơ quan phối hợp", 52)),
           30, size=13, wide=True, seed=12),
    Layout("time before the lead", "xã Rừng Thông",
           (NUMBER, ("name", "Mục tiêu, chỉ tiêu", 82), ("due", "Thời gian hoàn thành", 30),
            ("lead", "Cơ quan chủ trì", 50)), 25, stated="first", size=13, seed=13),
    Layout("numbers 1.1, province", "tỉnh Hạ Lào",
           (("tt", "TT", 14), ("name", "Chỉ tiêu", 90), UNIT, ("target", "Mục tiêu", 24),
            ("lead", "Cơ quan chủ trì", 50), ("coop", "Cơ quan phối hợp", 52)),
           48, size=11, wide=True, dotted=True, seed=14),
    Layout("groups without numbers", "xã Suối Cát",
           (NUMBER, ("name", "Chỉ tiêu", 85), ("target", "Mục tiêu năm 2026", 28), ("lead", "Cơ quan chủ trì", 48)),
           18, size=14, groups="plain", seed=15, dpi=200, noise=8),
)  # fmt: skip
