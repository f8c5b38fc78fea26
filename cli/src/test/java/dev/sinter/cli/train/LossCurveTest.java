package dev.sinter.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.cli.SvgShapes;
import dev.sinter.training.EpochReport;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class LossCurveTest {
    private static EpochReport epoch(int epoch, double loss, double validation) {
        return new EpochReport(epoch, 2L * epoch, 0.1, loss, 0.5, validation, 0.5, 1);
    }

    /// The curve's points, each as x and y.
    private static double[][] points(Element curve) {
        return Arrays.stream(curve.getAttribute("points").split(" "))
                .map(point -> Arrays.stream(point.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
    }

    @Test
    void equal_factors_are_equal_heights_and_equal_steps_equal_widths() throws Exception {
        LossCurve losses = new LossCurve();
        double[] values = {1, 0.1, 0.01, 0.001};
        for (int step = 0; step < values.length; step++) {
            losses.add(step + 1, values[step]);
        }
        SvgShapes svg = SvgShapes.of(losses.svg("t", List.of(epoch(1, 0.5, 0.1), epoch(2, 0.05, 0.001))));
        double[][] training = points(svg.ofClass("polyline", "curve s0").getFirst());
        assertEquals(4, training.length);
        assertEquals(training[1][1] - training[0][1], training[2][1] - training[1][1], 0.2);
        assertEquals(training[1][0] - training[0][0], training[3][0] - training[2][0], 0.2);
        double[][] validation = points(svg.ofClass("polyline", "curve s1 thick").getFirst());
        assertEquals(2, validation.length);
        assertEquals(training[1][1], validation[0][1], 0.2);
        assertEquals(training[3][1], validation[1][1], 0.2);
    }

    /// Of what was trained before this process began only epochs are known.
    @Test
    void epochs_stand_for_steps_that_nobody_saw() throws Exception {
        LossCurve losses = new LossCurve();
        losses.add(3, 0.2);
        losses.add(4, 0.1);
        SvgShapes svg = SvgShapes.of(losses.svg("t", List.of(epoch(1, 0.5, Double.NaN), epoch(2, 0.15, Double.NaN))));
        assertEquals(3, points(svg.ofClass("polyline", "curve s0").getFirst()).length);
        assertTrue(svg.ofClass("polyline", "curve s1 thick").isEmpty());
    }

    @Test
    void the_title_is_text_and_nothing_else() {
        String svg = new LossCurve().svg("a<b>&\"\033", List.of());
        assertTrue(svg.startsWith("<svg "), svg);
        assertTrue(svg.contains(">a&lt;b&gt;&amp;&quot;\\u001b</text>"), svg);
        assertFalse(svg.contains("polyline"), svg);
    }
}
