package dev.sinter.frontend.onnx.operator;

import java.util.List;

/// Where along an axis an element of a resized tensor lies in the original, in elements of the original.
///
/// Source: ONNX, operator Resize, attribute `coordinate_transformation_mode`.
///
/// @param extent of the original
/// @param resized extent of the result
/// @param scale by which the axis was asked to grow; `extent` times it need not be whole
/// @param start of the region of interest, as a part of the extent, which TF_CROP_AND_RESIZE reads only
record ResizedCoordinates(Kind kind, long extent, long resized, double scale, double start, double end) {
    static final List<String> NAMES = List.of(
            "half_pixel",
            "half_pixel_symmetric",
            "pytorch_half_pixel",
            "align_corners",
            "asymmetric",
            "tf_half_pixel_for_nn",
            "tf_crop_and_resize");

    /// The modes, in the order of their names.
    enum Kind {
        HALF_PIXEL,
        HALF_PIXEL_SYMMETRIC,
        PYTORCH_HALF_PIXEL,
        ALIGN_CORNERS,
        ASYMMETRIC,
        TF_HALF_PIXEL_FOR_NN,
        TF_CROP_AND_RESIZE;

        static Kind named(String name) {
            return values()[NAMES.indexOf(name)];
        }
    }

    double at(long element) {
        double width = scale * extent;
        double halfPixel = (element + 0.5) / scale - 0.5;
        return switch (kind) {
            case HALF_PIXEL -> halfPixel;
            case HALF_PIXEL_SYMMETRIC -> extent / 2.0 * (1 - resized / width) + halfPixel;
            case PYTORCH_HALF_PIXEL -> resized == 1 ? 0 : halfPixel;
            case ALIGN_CORNERS -> width == 1 ? 0 : element * (extent - 1) / (width - 1);
            case ASYMMETRIC -> element / scale;
            case TF_HALF_PIXEL_FOR_NN -> (element + 0.5) / scale;
            case TF_CROP_AND_RESIZE -> {
                double inside = width == 1
                        ? (end - start) * (extent - 1) / 2
                        : element * (end - start) * (extent - 1) / (width - 1);
                yield start * (extent - 1) + inside;
            }
        };
    }

    /// True for an element that has no place in the original.
    boolean isOutside(long element) {
        return kind == Kind.TF_CROP_AND_RESIZE && (at(element) < 0 || at(element) > extent - 1);
    }
}
