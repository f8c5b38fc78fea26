package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import java.util.List;

/// The oracle for convolution at moved places.
public final class DeformConvReference {
    /// How windows lie, and what is in groups.
    public record Form(List<Long> strides, List<Long> pads, List<Long> dilations, long groups, long offsetGroups) {}

    private DeformConvReference() {}

    public static void conv(Form form, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.get(0);
        TensorView weights = inputs.get(1);
        TensorView offsets = inputs.get(2);
        TensorView y = outputs.getFirst();
        Shape shape = y.type().shape();
        Shape window = weights.type().shape();
        long inputChannels = x.type().shape().dim(1);
        long points = window.dim(2) * window.dim(3);
        long places = shape.dim(2) * shape.dim(3);
        Arithmetic arithmetic = new Arithmetic(rounding, y.type().element());
        SampledPlane plane = new SampledPlane(new GridSampleReference.Manner("LINEAR", "ZEROS", false), rounding, x);
        ParallelLoop.units(shape.elements(), i -> {
            long place = i % places;
            long output = i / places % shape.dim(1);
            long image = i / places / shape.dim(1);
            long group = output / (shape.dim(1) / form.groups());
            double sum = 0;
            double spread = 0;
            double magnitude = 0;
            boolean unknown = false;
            for (long channel = 0; channel < window.dim(1); channel++) {
                long source = group * window.dim(1) + channel;
                long offsetGroup = source / (inputChannels / form.offsetGroups());
                for (long point = 0; point < points; point++) {
                    long offset = (image * form.offsetGroups() + offsetGroup) * points + point;
                    long row = place / shape.dim(3) * form.strides().get(0)
                            - form.pads().get(0)
                            + point / window.dim(3) * form.dilations().get(0);
                    long column = place % shape.dim(3) * form.strides().get(1)
                            - form.pads().get(1)
                            + point % window.dim(3) * form.dilations().get(1);
                    Bounded[] at = {
                        arithmetic.plus(Bounded.exact(row), offsets.get(2 * offset * places + place)),
                        arithmetic.plus(Bounded.exact(column), offsets.get((2 * offset + 1) * places + place))
                    };
                    Bounded element = plane.at(image * inputChannels + source, at);
                    if (inputs.size() > 3) {
                        element = arithmetic.times(element, inputs.get(3).get(offset * places + place));
                    }
                    Bounded weight = weights.get((output * window.dim(1) + channel) * points + point);
                    unknown |= element.isUnknown();
                    sum += weight.value() * element.value();
                    spread += Math.abs(weight.value()) * element.bound() + weight.bound() * element.magnitude();
                    magnitude += weight.magnitude() * element.magnitude();
                }
            }
            y.set(
                    i,
                    unknown
                            ? Bounded.unknown(sum)
                            : arithmetic.stored(
                                    arithmetic.dotProduct(sum, spread, magnitude, window.dim(1) * points, 0)));
        });
    }
}
