package dev.sinter.cli.chart;

import dev.sinter.cli.chart.BarChart.Bar;
import dev.sinter.cli.chart.BarChart.Group;
import dev.sinter.cli.chart.BarChart.Panel;
import java.util.List;

/// Draws a [BarChart].
final class BarChartSvg {
    private static final int WIDTH = 960;
    private static final int MARGIN = 24;
    private static final int TITLE = 30;
    private static final int SUBTITLE = 50;
    private static final int LEGEND = 74;
    private static final int LEGEND_LINE = 20;
    private static final int SWATCH = 12;
    private static final int BAR = 14;
    private static final int BAR_GAP = 3;
    private static final int GROUP_GAP = 16;
    private static final int PANEL_GAP = 36;
    private static final int AXIS = 44;
    private static final int LONGEST_NAME = 200;

    /// A letter's width in texts of 12 pixels, on average.
    private static final double LETTER = 7.1;

    private static final double LABEL_LETTER = 6.2;
    private static final int LABEL_GAP = 6;

    private final BarChart chart;
    private final SvgText svg = new SvgText();
    private final int left;
    private final int panelWidth;
    private int top;

    BarChartSvg(BarChart chart) {
        this.chart = chart;
        double names = groups().stream()
                .mapToDouble(group -> LETTER * group.name().length())
                .max()
                .orElse(0);
        left = MARGIN + (int) Math.min(LONGEST_NAME, names) + 10;
        int panels = Math.max(1, chart.panels().size());
        panelWidth = (WIDTH - left - MARGIN - (panels - 1) * PANEL_GAP) / panels;
    }

    private List<Group> groups() {
        return chart.panels().isEmpty() ? List.of() : chart.panels().getFirst().groups();
    }

    private int groupHeight() {
        return chart.series().size() * (BAR + BAR_GAP) + GROUP_GAP;
    }

    String draw() {
        svg.text("title", MARGIN, TITLE, chart.title());
        svg.text("muted", MARGIN, SUBTITLE, chart.subtitle());
        top = legend();
        names();
        for (int i = 0; i < chart.panels().size(); i++) {
            panel(chart.panels().get(i), left + i * (panelWidth + PANEL_GAP));
        }
        return svg.document(WIDTH, bottom() + AXIS + MARGIN / 2, chart.title());
    }

    private int bottom() {
        return top + groups().size() * groupHeight();
    }

    /// Returns where what is below it begins.
    private int legend() {
        double x = MARGIN;
        int y = LEGEND;
        for (int i = 0; i < chart.series().size(); i++) {
            String name = chart.series().get(i);
            double width = SWATCH + LABEL_GAP + LETTER * name.length() + 24;
            if (x > MARGIN && x + width > WIDTH - MARGIN) {
                x = MARGIN;
                y += LEGEND_LINE;
            }
            svg.rectangle(SvgText.series(i), x, y - SWATCH + 2, SWATCH, SWATCH);
            svg.text("ink", x + SWATCH + LABEL_GAP, y, name);
            x += width;
        }
        return y + LEGEND_LINE;
    }

    private void names() {
        int longest = (int) (LONGEST_NAME / LETTER);
        int y = top;
        for (Group group : groups()) {
            String name = group.name();
            String shown = name.length() <= longest ? name : "…" + name.substring(name.length() - longest + 1);
            svg.text("ink end", left - 10, y + (groupHeight() + BAR) / 2.0 - 5, shown);
            y += groupHeight();
        }
    }

    private void panel(Panel panel, int x) {
        AxisScale scale = AxisScale.of(panel, room(panel));
        for (double mark : scale.marks()) {
            double at = x + panelWidth * scale.place(mark);
            svg.line("grid", at, top, at, bottom());
            svg.text("muted middle", at, bottom() + 16, AxisScale.text(mark));
        }
        svg.text("ink middle", x + panelWidth / 2.0, bottom() + 36, panel.axis());
        bars(panel, (bar, series, y) -> bar(bar, series, scale, x, y));
        svg.line("axis", x, top, x, bottom());
        panel.reference().ifPresent(value -> {
            double at = x + panelWidth * scale.place(value);
            svg.line("reference", at, top, at, bottom());
        });
        // Over all lines.
        bars(panel, (bar, _, y) -> svg.text("label", x + end(bar, scale) + LABEL_GAP, y + BAR - 3, bar.label()));
    }

    /// Draws something of a bar whose upper edge is at y.
    private interface Stroke {
        void draw(Bar bar, int series, double y);
    }

    private void bars(Panel panel, Stroke stroke) {
        int y = top;
        for (Group group : panel.groups()) {
            for (int i = 0; i < group.bars().size(); i++) {
                stroke.draw(group.bars().get(i), i, y + GROUP_GAP / 2.0 + i * (BAR + BAR_GAP));
            }
            y += groupHeight();
        }
    }

    /// How much longer than the longest bar an axis is for the labels to fit.
    private double room(Panel panel) {
        int letters = panel.groups().stream()
                .flatMap(group -> group.bars().stream())
                .mapToInt(bar -> bar.label().length())
                .max()
                .orElse(0);
        double label = Math.min(panelWidth / 2.0, LABEL_LETTER * letters + 2 * LABEL_GAP);
        return panelWidth / (panelWidth - label);
    }

    /// How far a bar reaches, with its spread.
    private double end(Bar bar, AxisScale scale) {
        return bar.isThere() ? panelWidth * Math.max(scale.place(bar.value()), scale.place(bar.high())) : 0;
    }

    private void bar(Bar bar, int series, AxisScale scale, int x, double y) {
        if (!bar.isThere()) {
            return;
        }
        svg.rectangle(SvgText.series(series), x, y, panelWidth * scale.place(bar.value()), BAR);
        if (bar.low() < bar.high()) {
            double low = x + panelWidth * scale.place(bar.low());
            double high = x + panelWidth * scale.place(bar.high());
            double middle = y + BAR / 2.0;
            svg.line("spread", low, middle, high, middle);
            svg.line("spread", low, middle - 3, low, middle + 3);
            svg.line("spread", high, middle - 3, high, middle + 3);
        }
    }
}
