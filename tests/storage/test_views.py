"""What each person gets to see."""

from __future__ import annotations

from tests.storage.commune import CULTURE, HEALTH, POLICE, QUARTER, Commune


async def test_a_reporter_sees_the_own_desk_in_the_plans_order(commune: Commune) -> None:
    view = await commune.view("hoa")
    (desk,) = view.desks
    assert desk.unit.name == HEALTH
    assert desk.period.label == QUARTER.label
    assert [item.name for item in desk.items] == [
        "Tỷ lệ người dân có sổ sức khỏe điện tử",
        "Bệnh án điện tử tại trạm",
        "Tỷ lệ người dân được tuyên truyền",
    ]
    assert [item.number for item in desk.items] == [1, 2, 3]
    assert desk.items[0].place == "Phụ lục, dòng 1"
    assert view.authority == "UBND xã Hòa Mẫu"
    assert view.standing is None
    assert view.doubts == ()


async def test_the_coordinator_sees_all_desks_and_the_doubtful_target(commune: Commune) -> None:
    view = await commune.view("mai")
    assert view.standing is not None
    assert {desk.unit.name for desk in view.standing.desks} == {HEALTH, POLICE, CULTURE}
    (doubt,) = view.doubts
    assert doubt.number == "4"
    assert doubt.reasons == ("tỷ lệ lớn hơn 100 %",)
    assert {unit.name: unit.indicators for unit in view.units} == {HEALTH: 3, POLICE: 1, CULTURE: 1}
