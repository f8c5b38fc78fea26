package dev.sinter.ir.analysis;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// How well one layer's feature map moves along when the picture moves (Goodfellow, Bengio and Courville, "Deep
/// Learning" (2016), chapter 9.2), measured along the last dimension.
///
/// Deviations are the largest difference between the map that moved along and the map of the moved picture, in units of
/// the map's largest element.
///
/// @param pixels how far the picture was moved: the layer's effective stride
/// @param places how far the map is to move
/// @param compared how many places along the dimension see nothing but picture both times
/// @param inside the largest deviation at those; empty if there are none
/// @param border the largest deviation at all others, which see padding or what moved in; empty if there are none
/// @param byOnePixel the largest deviation inside when the picture is moved by one pixel only, from the better of the
///     two neighbouring moves of the map; empty where nothing can be compared
public record Equivariance(
        LayerFacts layer,
        long pixels,
        long places,
        long compared,
        OptionalDouble inside,
        OptionalDouble border,
        OptionalDouble byOnePixel) {

    /// Measures every layer that sees a part of the picture.
    ///
    /// @param others what the network's other inputs get; may have the picture's too, which is not looked at
    public static List<Equivariance> of(
            NetworkFacts facts, NetworkRunner runner, MovablePicture shown, Map<String, Tensor> others) {
        Map<LayerFacts, AxisField> fields = new LinkedHashMap<>();
        for (LayerFacts layer : facts.layers()) {
            layer.field()
                    .local()
                    .ifPresent(local -> fields.put(layer, local.axes().getLast()));
        }
        if (fields.isEmpty()) {
            return List.of();
        }
        SortedSet<Long> moves = new TreeSet<>(List.of(1L));
        fields.values().forEach(field -> moves.add(field.advance()));
        Graph part = Subnetwork.yielding(
                facts.graph(),
                fields.keySet().stream().map(layer -> layer.node().output()).toList());
        Map<LayerFacts, OptionalDouble> byOnePixel = new HashMap<>();
        Map<LayerFacts, Equivariance> found = new HashMap<>();
        try (NetworkRunner.Loaded loaded = runner.load(part)) {
            Shape picture = facts.picture().type().shape();
            Run run = new Run(loaded, part, facts.picture(), shown, others);
            Map<String, Tensor> still = run.moved(0);
            for (long pixels : moves) {
                Map<String, Tensor> moved = run.moved(pixels);
                fields.forEach((layer, field) -> {
                    String map = layer.node().output().name();
                    Maps maps = new Maps(
                            field,
                            picture.dim(picture.rank() - 1),
                            Expect.present(still.get(map), map),
                            Expect.present(moved.get(map), map));
                    if (pixels == 1) {
                        byOnePixel.put(layer, maps.nearest());
                    }
                    if (pixels == field.advance()) {
                        found.put(layer, maps.compare(layer, Expect.present(byOnePixel.get(layer), map)));
                    }
                });
            }
        }
        return fields.keySet().stream().map(found::get).toList();
    }

    /// A network that is shown a picture in several places.
    private record Run(
            NetworkRunner.Loaded loaded, Graph part, Value picture, MovablePicture shown, Map<String, Tensor> others) {
        Map<String, Tensor> moved(long pixels) {
            long[] by = new long[picture.type().shape().rank() - 2];
            by[by.length - 1] = pixels;
            Map<String, Tensor> inputs = new HashMap<>(others);
            inputs.put(picture.name(), shown.moved(by));
            inputs.keySet().retainAll(part.inputs().stream().map(Value::name).toList());
            return loaded.run(inputs);
        }
    }

    /// One layer's map of the picture where it was and where it was moved to.
    private record Maps(AxisField field, long extent, float[] still, float[] moved, int width) {
        Maps(AxisField field, long extent, Tensor still, Tensor moved) {
            this(field, extent, still.toFloats(), moved.toFloats(), (int)
                    still.shape().dim(still.shape().rank() - 1));
        }

        Equivariance compare(LayerFacts layer, OptionalDouble byOnePixel) {
            List<Integer> inside = new ArrayList<>();
            List<Integer> border = new ArrayList<>();
            for (int place = 0; place + field.period() < width; place++) {
                (isInside(place, field.period()) ? inside : border).add(place);
            }
            return new Equivariance(
                    layer,
                    field.advance(),
                    field.period(),
                    inside.size(),
                    deviation(inside, (int) field.period()),
                    deviation(border, (int) field.period()),
                    byOnePixel);
        }

        private boolean isInside(long place, long move) {
            return field.low(place) >= 0 && field.high(place + move) < extent;
        }

        OptionalDouble nearest() {
            int below = (int) (field.period() / field.advance());
            return Stream.of(below, below + 1)
                    .filter(move -> move == below || field.period() % field.advance() != 0)
                    .map(move -> deviation(insideFor(move), move))
                    .flatMapToDouble(OptionalDouble::stream)
                    .min();
        }

        private List<Integer> insideFor(int move) {
            List<Integer> inside = new ArrayList<>();
            for (int place = 0; place + move < width; place++) {
                // One place more to the right: the picture moved by up to a step less than the map did.
                if (field.low(place) >= 0 && field.high(place + move + 1L) < extent) {
                    inside.add(place);
                }
            }
            return inside;
        }

        private OptionalDouble deviation(List<Integer> places, int move) {
            if (places.isEmpty()) {
                return OptionalDouble.empty();
            }
            double largest = 0;
            double scale = 0;
            for (int row = 0; row < still.length; row += width) {
                for (int place : places) {
                    largest = Math.max(largest, Math.abs(moved[row + place + move] - still[row + place]));
                }
            }
            for (float element : still) {
                scale = Math.max(scale, Math.abs(element));
            }
            return OptionalDouble.of(largest == 0 ? 0 : largest / scale);
        }
    }
}
