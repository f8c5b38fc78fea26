package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// For each element along a resized axis the elements of the original that it is made of, and their weights.
///
/// @param extent of the original
/// @param outside which elements are made of none, having no place in the original
record AxisTable(long extent, List<Interpolation.Taps> taps, List<Boolean> outside) {
    /// @param excludeOutside whether neighbours beyond the ends weigh nothing; if not, they are what stands at the end
    static AxisTable of(ResizedCoordinates coordinates, Interpolation interpolation, boolean excludeOutside) {
        List<Interpolation.Taps> all = new ArrayList<>();
        List<Boolean> outside = new ArrayList<>();
        for (long i = 0; i < coordinates.resized(); i++) {
            Interpolation.Taps taps = interpolation.at(coordinates.at(i), coordinates.scale());
            all.add(excludeOutside ? inside(taps, coordinates.extent()) : taps);
            outside.add(coordinates.isOutside(i));
        }
        return new AxisTable(coordinates.extent(), all, outside);
    }

    private static Interpolation.Taps inside(Interpolation.Taps taps, long extent) {
        double[] weights = taps.weights().clone();
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            long at = taps.first() + i;
            weights[i] = at < 0 || at >= extent ? 0 : weights[i];
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return new Interpolation.Taps(taps.first(), weights);
    }

    private int width() {
        return taps.stream().mapToInt(one -> one.weights().length).max().orElse(1);
    }

    private long index(int element, int tap) {
        return Math.clamp(taps.get(element).first() + tap, 0, extent - 1);
    }

    boolean picks() {
        return width() == 1 && !outside.contains(true);
    }

    /// True if every element is the original's at the same place.
    boolean isIdentity() {
        if (taps.size() != extent || outside.contains(true)) {
            return false;
        }
        for (int i = 0; i < taps.size(); i++) {
            for (int tap = 0; tap < taps.get(i).weights().length; tap++) {
                double expected = taps.get(i).first() + tap == i ? 1 : 0;
                if (taps.get(i).weights()[tap] != expected) {
                    return false;
                }
            }
        }
        return true;
    }

    /// How often each element comes, if that is the same for all and in order; 0 if not.
    long repeats() {
        if (!picks() || extent == 0 || taps.size() % extent != 0) {
            return 0;
        }
        long times = taps.size() / extent;
        for (int i = 0; i < taps.size(); i++) {
            if (index(i, 0) != i / times) {
                return 0;
            }
        }
        return times;
    }

    /// The index of each element, `[extent]`, where there is one for each.
    Tensor picked(OnnxNode node) {
        Tensor picked = node.allocate(TensorType.of(ElementType.INT32, taps.size()));
        for (int i = 0; i < taps.size(); i++) {
            picked.setLong(i, index(i, 0));
        }
        return picked;
    }

    /// `[extent, taps]`.
    Tensor indices(OnnxNode node) {
        int width = width();
        Tensor indices = node.allocate(TensorType.of(ElementType.INT32, taps.size(), width));
        for (int i = 0; i < taps.size(); i++) {
            for (int tap = 0; tap < width; tap++) {
                indices.setLong((long) i * width + tap, index(i, tap));
            }
        }
        return indices;
    }

    /// `[extent, taps]`, zeros for elements outside.
    Tensor weights(OnnxNode node) {
        int width = width();
        Tensor weights = node.allocate(TensorType.of(ElementType.FLOAT32, taps.size(), width));
        for (int i = 0; i < taps.size(); i++) {
            for (int tap = 0; tap < taps.get(i).weights().length; tap++) {
                weights.set(
                        (long) i * width + tap, outside.get(i) ? 0 : taps.get(i).weights()[tap]);
            }
        }
        return weights;
    }
}
