from cluster_portal.charts import Column, columns, upright


def test_bars_stand_on_the_floor_side_by_side_and_the_highest_reaches_the_top():
    assert upright([10, 5, None], width=300, top=20, floor=120, share=0.5) == [
        Column(x=25.0, y=20, width=50.0, height=100.0, middle=50.0),
        Column(x=125.0, y=70.0, width=50.0, height=50.0, middle=150.0),
        Column(x=225.0, y=120, width=50.0, height=0.0, middle=250.0),
    ]


def test_nothing_and_noughts_have_no_height():
    assert upright([], width=300, top=20, floor=120, share=0.5) == []
    assert [bar.height for bar in columns("Thử", [("a", 0), ("b", None)]).bars] == [0, 0]
