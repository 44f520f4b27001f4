"""A simulation as a picture: what each sample would get under each setting, beside its quality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from quality.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.rewards.advice._recorded import Recorded
    from quality.rewards.advice._simulate import SettingReport, Simulation

#: Kind of sample → colour and mark, which differ for people who do not tell colours apart.
_KINDS = {"passes": ("#1f77b4", "o"), "fails": ("#d95f02", "x"), "gets nothing": ("#777777", "s")}
_WIDTH, _HEIGHT = 2.6, 3.2


def draw(simulation: Simulation, output: BinaryIO, form: Literal["svg", "png"]) -> None:
    """Draws a panel per setting: a sample's advantage above its quality.

    Args:
        simulation: What to draw.
        output: The file.
        form: Its form. The same simulation gives the same bytes under one version of matplotlib.

    Raises:
        UsageError: matplotlib is missing.
    """
    try:
        import matplotlib as mpl  # an extra
        from matplotlib.figure import Figure
    except ImportError:
        raise UsageError(
            "A picture needs matplotlib.", remedy="Install it: pip install 'quality[plot]'."
        ) from None
    with mpl.rc_context({"svg.hashsalt": "quality", "svg.fonttype": "none"}):
        count = len(simulation.settings)
        figure = Figure(figsize=(_WIDTH * count, _HEIGHT), layout="constrained")
        panels = figure.subplots(1, count, sharex=True, sharey=True, squeeze=False)[0]
        groups = list(simulation.groups.values())
        for panel, report in zip(panels, simulation.settings, strict=True):
            _panel(panel, report, groups)
        panels[0].set_ylabel("advantage")
        figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=len(_KINDS))
        dated = {"Date": None} if form == "svg" else {}
        figure.savefig(output, format=form, dpi=120, metadata=dated)


def _panel(panel: Any, report: SettingReport, groups: Sequence[Sequence[Recorded]]) -> None:
    points = list(_points(report, groups))
    for kind, (colour, mark) in _KINDS.items():
        places = [(quality, advantage) for name, quality, advantage in points if name == kind]
        across, up = zip(*places, strict=True) if places else ((), ())
        panel.scatter(across, up, c=colour, marker=mark, s=16, alpha=0.6, linewidths=1, label=kind)
    panel.axhline(0.0, color="#999999", linewidth=0.8)
    margin = "no mixed group" if report.margin is None else f"margin {report.margin:.2f}"
    panel.set_title(f"{report.setting.name}: {margin}", fontsize=10)
    panel.set_xlabel("quality")
    panel.set_xlim(-0.05, 1.05)


def _points(
    report: SettingReport, groups: Sequence[Sequence[Recorded]]
) -> Iterator[tuple[str, float, float]]:
    for members, values in zip(groups, report.advantages, strict=True):
        for sample, advantage in zip(members, values, strict=True):
            yield _kind(sample), sample.quality or 0.0, advantage


def _kind(sample: Recorded) -> str:
    if sample.quality is None:
        return "gets nothing"
    return "passes" if sample.evidence is None or sample.evidence.passed else "fails"
