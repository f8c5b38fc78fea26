package dev.sinter.cli.chart;

import dev.sinter.cli.terminal.Printable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Shapes as SVG, in colours for light and for dark surroundings. It has a background of its own, so that it can be
/// read wherever it is put.
public final class SvgText {
    /// Colours that can be told apart by who sees fewer of them (Okabe and Ito, 2008), on white and on black.
    private static final List<String> LIGHT = List.of("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00");

    private static final List<String> DARK = List.of("#4ba3dd", "#f0b429", "#2dbd93", "#dd93bd", "#84cbf2", "#f2793a");

    private final StringBuilder shapes = new StringBuilder();

    public record Point(double x, double y) {}

    /// The class of the n-th series; they repeat where there are many.
    public static String series(int number) {
        return "s" + number % LIGHT.size();
    }

    public void rectangle(String style, double x, double y, double width, double height) {
        shapes.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n",
                style,
                x,
                y,
                Math.max(0.5, width),
                height));
    }

    public void line(String style, double x1, double y1, double x2, double y2) {
        shapes.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
                style,
                x1,
                y1,
                x2,
                y2));
    }

    /// A line from point to point; none where there are no points.
    public void curve(String style, List<Point> points) {
        if (points.isEmpty()) {
            return;
        }
        String places = points.stream()
                .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", point.x(), point.y()))
                .collect(Collectors.joining(" "));
        shapes.append(String.format(Locale.ROOT, "<polyline class=\"curve %s\" points=\"%s\"/>\n", style, places));
    }

    /// @param text whatever it is, as that of a model's name
    public void text(String style, double x, double y, String text) {
        shapes.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n",
                style,
                x,
                y,
                Printable.markup(text)));
    }

    public String document(int width, int height, String title) {
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                                + " role=\"img\">\n<title>%s</title>\n",
                        width,
                        height,
                        width,
                        height,
                        Printable.markup(title))
                + styles()
                + String.format(Locale.ROOT, "<rect class=\"ground\" width=\"%d\" height=\"%d\"/>\n", width, height)
                + shapes
                + "</svg>\n";
    }

    private static String styles() {
        return "<style>\n"
                + "text { font-family: system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif; font-size: 12px"
                + " }\n"
                + ".title { font-size: 16px; font-weight: bold }\n"
                + ".label { font-size: 11px; paint-order: stroke; stroke-width: 3px; stroke-linejoin: round }\n"
                + ".middle { text-anchor: middle }\n"
                + ".end { text-anchor: end }\n"
                + ".grid, .axis { stroke-width: 1 }\n"
                + ".reference { stroke-width: 1.5; stroke-dasharray: 4 3 }\n"
                + ".spread, .curve { stroke-width: 1.2 }\n"
                + ".curve.thick { stroke-width: 2.2 }\n"
                + colours("#ffffff", "#1f2328", "#59636e", "#e3e6ea", "#1f2328", LIGHT)
                + "@media (prefers-color-scheme: dark) {\n"
                + colours("#0d1117", "#e6edf3", "#9198a1", "#2a3038", "#e6edf3", DARK)
                + "}\n</style>\n";
    }

    private static String colours(
            String ground, String ink, String muted, String grid, String spread, List<String> series) {
        StringBuilder css = new StringBuilder();
        css.append(".ground { fill: ").append(ground).append(" }\n");
        css.append(".label { stroke: ").append(ground).append(" }\n");
        css.append(".ink, .title, .label { fill: ").append(ink).append(" }\n");
        css.append(".muted { fill: ").append(muted).append(" }\n");
        css.append(".grid { stroke: ").append(grid).append(" }\n");
        css.append(".axis { stroke: ").append(muted).append(" }\n");
        css.append(".reference, .spread { stroke: ").append(spread).append(" }\n");
        for (int i = 0; i < series.size(); i++) {
            css.append(String.format(Locale.ROOT, ".%s { fill: %s }\n", series(i), series.get(i)));
            css.append(String.format(Locale.ROOT, ".curve.%s { fill: none; stroke: %s }\n", series(i), series.get(i)));
        }
        return css.toString();
    }
}
