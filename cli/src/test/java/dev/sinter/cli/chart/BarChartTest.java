package dev.sinter.cli.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.cli.SvgShapes;
import dev.sinter.cli.chart.BarChart.Bar;
import dev.sinter.cli.chart.BarChart.Group;
import dev.sinter.cli.chart.BarChart.Panel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class BarChartTest {
    private static BarChart chart(boolean logarithmic, double... values) {
        List<Group> groups = new ArrayList<>();
        for (double value : values) {
            groups.add(new Group("<&\"\u001b" + value, List.of(new Bar(value, value + " ms"))));
        }
        return new BarChart(
                "a < b", "here", List.of("one"), List.of(new Panel("ms", logarithmic, OptionalDouble.of(10), groups)));
    }

    private static SvgShapes parsed(BarChart chart) throws Exception {
        return SvgShapes.of(chart.svg());
    }

    private static double width(Element bar) {
        return Double.parseDouble(bar.getAttribute("width"));
    }

    @Test
    void bars_are_as_long_as_their_values() throws Exception {
        // The first rectangle of a series is that of the legend.
        List<Element> bars = parsed(chart(false, 10, 20, 5)).ofClass("rect", "s0");
        assertEquals(2, width(bars.get(2)) / width(bars.get(1)), 0.01);
        assertEquals(0.5, width(bars.get(3)) / width(bars.get(1)), 0.01);
    }

    @Test
    void equal_factors_are_equal_lengths_on_a_logarithmic_axis() throws Exception {
        List<Element> bars = parsed(chart(true, 1, 10, 100)).ofClass("rect", "s0");
        assertEquals(width(bars.get(3)) - width(bars.get(2)), width(bars.get(2)) - width(bars.get(1)), 0.2);
        assertTrue(width(bars.get(1)) > 5, "the shortest bar is to be seen");
    }

    @Test
    void a_reference_stands_where_a_bar_of_its_value_ends() throws Exception {
        SvgShapes svg = parsed(chart(false, 10, 40));
        Element reference = svg.ofClass("line", "reference").getFirst();
        Element bar = svg.ofClass("rect", "s0").get(1);
        double end = Double.parseDouble(bar.getAttribute("x")) + width(bar);
        assertEquals(end, Double.parseDouble(reference.getAttribute("x1")), 0.2);
    }

    @Test
    void names_are_text_and_nothing_else() {
        String svg = chart(false, 1).svg();
        assertTrue(svg.contains("&lt;&amp;&quot;\\u001b1.0"), svg);
        assertTrue(svg.contains("a &lt; b"), svg);
    }

    @Test
    void what_was_not_measured_has_a_label_and_no_bar() throws Exception {
        Group group = new Group("net", List.of(Bar.none("wrong"), new Bar(2, "2 ms")));
        BarChart chart = new BarChart(
                "t",
                "s",
                List.of("one", "two"),
                List.of(new Panel("ms", true, OptionalDouble.empty(), List.of(group))));
        SvgShapes svg = parsed(chart);
        assertEquals(1, svg.ofClass("rect", "s0").size());
        assertEquals(2, svg.ofClass("rect", "s1").size());
        assertTrue(chart.svg().contains(">wrong<"));
        assertFalse(chart.svg().contains("NaN"));
    }

    @Test
    void each_group_has_a_bar_for_each_of_the_series() {
        Group group = new Group("net", List.of(new Bar(1, "")));
        Panel panel = new Panel("ms", false, OptionalDouble.empty(), List.of(group));
        assertThrows(
                IllegalArgumentException.class, () -> new BarChart("t", "s", List.of("one", "two"), List.of(panel)));
    }

    @Test
    void marks_are_round_numbers() {
        assertEquals(List.of(0.0, 0.5, 1.0, 1.5, 2.0, 2.5), scale(false, 2.5).marks());
        assertEquals(List.of(0.1, 1.0, 10.0), scale(true, 0.3, 30).marks());
        assertEquals("0.5", AxisScale.text(0.5));
        assertEquals("100", AxisScale.text(100));
        assertEquals("0", AxisScale.text(0));
    }

    private static AxisScale scale(boolean logarithmic, double... values) {
        List<Group> groups = new ArrayList<>();
        for (double value : values) {
            groups.add(new Group("net", List.of(new Bar(value, ""))));
        }
        return AxisScale.of(new Panel("ms", logarithmic, OptionalDouble.empty(), groups), 1);
    }
}
