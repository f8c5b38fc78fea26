package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.RoiAlignReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// Regions of pictures, each resized to `height` x `width` by samples between the elements: from x `[N, C, H, W]`,
/// regions `[R, 4]` (left, top, right, bottom) and the picture that each is of, `[R]`, to `[R, C, height, width]`.
///
/// Source: He et al., "Mask R-CNN", ICCV 2017; ONNX, operator RoiAlign.
///
/// @param samplingRatio how many samples each output is made of along each side; 0 for as many as there are elements
/// @param spatialScale by which coordinates of regions are multiplied
/// @param halfPixel if the centre of the first element is at one half
/// @param maximum if the largest of the four elements around each sample counts, each times its weight, not the
///     samples' mean
public record RoiAlign(
        long height, long width, long samplingRatio, double spatialScale, boolean halfPixel, boolean maximum)
        implements HostOp {
    public RoiAlign {
        Checks.attribute(
                this,
                height >= 1 && width >= 1 && 0 <= samplingRatio && samplingRatio <= RoiAlignReference.MOST_SAMPLES,
                "height " + height + " and width " + width + " must be at least 1, and the sampling ratio "
                        + samplingRatio + " from 0 to " + RoiAlignReference.MOST_SAMPLES);
    }

    @Override
    public String mnemonic() {
        return "roi_align";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 3, 3);
        Checks.floating(this, inputs.subList(0, 2));
        StatedIndex.check(this, 2, inputs.get(2));
        Checks.rank(this, "the input", inputs.get(0), 4, 4);
        Checks.rank(this, "the regions", inputs.get(1), 2, 2);
        Shape regions = inputs.get(1).shape();
        if (regions.dim(1) != 4 || !inputs.get(2).shape().equals(Shape.of(regions.dim(0)))) {
            throw Checks.fault(
                    Code.SHAPE_MISMATCH,
                    this,
                    "regions are " + inputs.get(1) + " and the pictures they are of " + inputs.get(2),
                    "regions are [R, 4], and there is one picture's number for each");
        }
        Shape x = inputs.get(0).shape();
        return List.of(inputs.getFirst().withShape(Shape.of(regions.dim(0), x.dim(1), height, width)));
    }

    @Override
    public List<TensorView> results(Rounding rounding, List<TensorView> inputs) {
        TensorType type = infer(inputs.stream().map(TensorView::type).toList()).getFirst();
        return List.of(
                new RoiAlignReference(samplingRatio, spatialScale, halfPixel, maximum).regions(rounding, inputs, type));
    }
}
