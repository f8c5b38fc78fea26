package dev.sinter.cli.explain;

import dev.sinter.ir.analysis.AxisField;
import dev.sinter.ir.analysis.Equivariance;
import dev.sinter.ir.analysis.Extent;
import dev.sinter.ir.analysis.Invariance;
import dev.sinter.ir.analysis.KernelFlip;
import dev.sinter.ir.analysis.LayerFacts;
import dev.sinter.ir.analysis.OtherSize;
import dev.sinter.ir.analysis.ReceptiveField;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.Shape;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// What is told of a network, for programs.
///
/// @param parameters all numbers that are learned, those outside of `layers` too
/// @param onHost layers that no kernel computes, with their operators, not checked independently
/// @param measured absent where nothing was run
public record ExplainReport(
        int version,
        String model,
        String picture,
        List<Long> pictureShape,
        long parameters,
        List<Layer> layers,
        List<String> onHost,
        Correlation correlation,
        @Nullable Measured measured,
        List<Size> sizes) {
    private static final int VERSION = 1;

    /// One convolution, pooling or fully connected layer.
    ///
    /// @param share the part of the input that one output is computed from
    /// @param uses how many outputs of one picture each weight serves; 0 without weights
    /// @param field absent where an output sees everything
    public record Layer(
            String name,
            String kind,
            List<Long> input,
            List<Long> output,
            List<Slide> extents,
            long groups,
            long weights,
            long biases,
            BigInteger fullyConnectedWeights,
            long connections,
            double share,
            long uses,
            @Nullable Field field) {}

    /// The terms of (input - span + pads) / stride + 1 along one dimension; see [Extent].
    public record Slide(
            long input,
            long kernel,
            long dilation,
            long span,
            long pads,
            long stride,
            boolean transposed,
            long output,
            long unread) {
        static Slide of(Extent extent) {
            return new Slide(
                    extent.input(),
                    extent.kernel(),
                    extent.dilation(),
                    extent.span(),
                    extent.pads(),
                    extent.stride(),
                    extent.transposed(),
                    extent.output(),
                    extent.unread());
        }
    }

    /// @param size the receptive field's, in pixels, per dimension
    /// @param step the effective stride, in pixels, per dimension
    /// @param paddedShare of outputs, those whose field reaches beyond the picture
    public record Field(List<Long> size, List<Double> step, double paddedShare) {}

    /// What `conv` makes of a small input and kernel, and what a convolution would; all row by row.
    public record Correlation(float[] input, float[] kernel, float[] layer, float[] convolution) {}

    /// @param invariance empty where the network answers with a map
    public record Measured(String device, String shown, List<Moved> equivariance, List<Steadiness> invariance) {}

    /// Deviations in units of the map's largest element; see [Equivariance].
    public record Moved(
            String layer,
            long pixels,
            long places,
            long compared,
            @Nullable Double inside,
            @Nullable Double border,
            @Nullable Double byOnePixel) {}

    /// @param relative the mean relative change of the answer for moves of 1, 2, … pixels
    public record Steadiness(String variant, String answer, List<Double> relative, long sameLargest, long moves) {}

    /// @param refusal the error that the network answers such a picture with
    public record Size(
            List<Long> picture,
            @Nullable List<Long> lastMap,
            @Nullable String refusal) {}

    public static ExplainReport of(Explanation explanation) {
        List<OtherSize> sizes = new ArrayList<>(List.of(explanation.asBuilt()));
        sizes.addAll(explanation.otherSizes());
        Shape picture = explanation.facts().picture().type().shape();
        return new ExplainReport(
                VERSION,
                explanation.model(),
                explanation.facts().picture().name(),
                picture.dims(),
                explanation.facts().parameters(),
                explanation.facts().layers().stream()
                        .map(layer -> layer(layer, picture))
                        .toList(),
                explanation.onHost(),
                correlation(explanation.flip()),
                explanation.measured().map(ExplainReport::measured).orElse(null),
                sizes.stream().map(ExplainReport::size).toList());
    }

    private static Layer layer(LayerFacts layer, Shape picture) {
        return new Layer(
                layer.node().name(),
                layer.kind().name().toLowerCase(Locale.ROOT),
                layer.input().dims(),
                layer.output().dims(),
                layer.extents().stream().map(Slide::of).toList(),
                layer.groups(),
                layer.weights(),
                layer.biases(),
                layer.fullyConnectedWeights(),
                layer.connections(),
                layer.share(),
                layer.uses(),
                layer.field()
                        .local()
                        .map(field -> field(field, layer.output(), picture))
                        .orElse(null));
    }

    private static Field field(ReceptiveField.Local field, Shape map, Shape picture) {
        return new Field(
                field.axes().stream().map(AxisField::size).toList(),
                field.axes().stream().map(AxisField::step).toList(),
                field.paddedShare(map, picture));
    }

    private static Correlation correlation(KernelFlip flip) {
        return new Correlation(
                flip.input().toFloats(),
                flip.kernel().toFloats(),
                flip.layer().toFloats(),
                flip.convolution().toFloats());
    }

    private static Measured measured(Explanation.Measured measured) {
        return new Measured(
                measured.device(),
                measured.shown(),
                measured.equivariance().stream().map(ExplainReport::moved).toList(),
                measured.invariance().stream().map(ExplainReport::steadiness).toList());
    }

    private static Moved moved(Equivariance layer) {
        return new Moved(
                layer.layer().node().name(),
                layer.pixels(),
                layer.places(),
                layer.compared(),
                nullable(layer.inside()),
                nullable(layer.border()),
                nullable(layer.byOnePixel()));
    }

    private static Steadiness steadiness(Invariance variant) {
        return new Steadiness(
                variant.variant().name().toLowerCase(Locale.ROOT),
                variant.answer().name(),
                LongStream.rangeClosed(1, Invariance.FARTHEST)
                        .mapToObj(variant::relative)
                        .toList(),
                variant.movesThatKeepTheLargest(),
                variant.changes().size());
    }

    private static Size size(OtherSize size) {
        return new Size(
                size.picture().dims(),
                size.lastMap().map(Shape::dims).orElse(null),
                size.refusal().map(CompileException::getMessage).orElse(null));
    }

    private static @Nullable Double nullable(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
