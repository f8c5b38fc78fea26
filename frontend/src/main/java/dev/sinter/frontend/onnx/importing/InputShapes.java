package dev.sinter.frontend.onnx.importing;

import dev.sinter.frontend.onnx.file.OnnxGraph;
import dev.sinter.frontend.port.Dimension;
import dev.sinter.frontend.port.Port;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.NearestNames;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Binds the open dimensions of a model's inputs: by what the user says, and a leading one to the batch, or 1.
final class InputShapes {
    private final String place;
    private final Map<String, Long> dimensions;
    private final OptionalLong batch;
    private final List<Port> inputs;
    private final Set<String> leading = new HashSet<>();
    private final Map<String, Shape> shapes = new HashMap<>();
    private boolean literalBatchChanged;
    private boolean batchUsed;

    private InputShapes(OnnxGraph source, ImportOptions options) {
        place = source.place();
        inputs = source.inputs().stream()
                .filter(input -> !options.constants().containsKey(input.name()))
                .toList();
        dimensions = options.dimensions();
        batch = options.batch();
        for (Port input : inputs) {
            leading.add(key(input, 0));
            List<Dimension> dims = input.dims().orElse(List.of());
            if (!dims.isEmpty() && dims.getFirst() instanceof Dimension.Symbol(String name)) {
                leading.add(name);
            }
        }
    }

    /// @throws CompileException if a dimension stays open, or what the user says does not go with the model
    static InputShapes bind(OnnxGraph source, ImportOptions options) {
        InputShapes shapes = new InputShapes(source, options);
        shapes.requireKnownNames();
        shapes.bindAll();
        return shapes;
    }

    private CompileException fault(String where, String fact, @Nullable String hint) {
        return new CompileException(Code.ONNX_DYNAMIC, where, fact, hint);
    }

    private void requireKnownNames() {
        Set<String> valid = new TreeSet<>();
        for (Port input : inputs) {
            List<Dimension> dims = input.dims().orElse(List.of());
            for (int axis = 0; axis < dims.size(); axis++) {
                valid.add(key(input, axis));
                if (dims.get(axis) instanceof Dimension.Symbol(String name)) {
                    valid.add(name);
                }
            }
        }
        dimensions.forEach((name, extent) -> {
            if (!valid.contains(name)) {
                throw fault(
                        place,
                        "has no dimension '" + name + "'; its dimensions are " + String.join(", ", valid),
                        NearestNames.hint(name, valid).orElse(null));
            }
            if (extent < 1) {
                throw fault(place, "dimension " + name + " is bound to " + extent + " but must be at least 1", null);
            }
        });
        if (batch.isPresent() && batch.getAsLong() < 1) {
            throw fault(place, "the batch is " + batch.getAsLong() + " but must be at least 1", null);
        }
    }

    private static String key(Port input, int axis) {
        return input.name() + "[" + axis + "]";
    }

    private void bindAll() {
        for (Port input : inputs) {
            List<Dimension> dims = input.dims()
                    .orElseThrow(() -> fault(
                            "input " + input.name(),
                            "the model does not say how many dimensions it has",
                            "export the model with the shapes of its inputs"));
            List<Long> extents = new ArrayList<>();
            for (int axis = 0; axis < dims.size(); axis++) {
                extents.add(extent(input, axis, dims.get(axis), dims.size()));
            }
            shapes.put(input.name(), shape(input, extents));
        }
        if (batch.isPresent() && !batchUsed) {
            throw fault(
                    place,
                    "the batch cannot be made " + batch.getAsLong() + ": no input begins with an open dimension or 1: "
                            + inputs,
                    null);
        }
    }

    Shape of(Port input) {
        return Objects.requireNonNull(shapes.get(input.name()));
    }

    /// Names by which leading dimensions can be bound.
    Set<String> leading() {
        return leading;
    }

    private static Shape shape(Port input, List<Long> extents) {
        try {
            return new Shape(extents);
        } catch (CompileException fault) {
            throw fault.at("input " + input.name());
        }
    }

    /// The batch, if it replaces one that the file fixes at 1.
    OptionalLong literalBatch() {
        return literalBatchChanged ? batch : OptionalLong.empty();
    }

    private long extent(Port input, int axis, Dimension dim, int rank) {
        Long bound = dimensions.get(key(input, axis));
        return switch (dim) {
            case Dimension.Fixed(long extent) -> {
                if (bound != null && bound != extent) {
                    throw fault(
                            "input " + input.name(),
                            "dimension " + axis + " is bound to " + bound + " but the model fixes it at " + extent,
                            null);
                }
                yield axis == 0 && rank > 1 ? fixed(extent) : extent;
            }
            case Dimension.Symbol(String name) -> {
                Long named = bound != null ? bound : dimensions.get(name);
                yield named != null ? named(named, axis) : open(input, axis, leading.contains(name), dim);
            }
            case Dimension.Unknown _ -> bound != null ? named(bound, axis) : open(input, axis, axis == 0, dim);
        };
    }

    private long fixed(long extent) {
        if (batch.isEmpty()) {
            return extent;
        }
        if (extent != 1 && extent != batch.getAsLong()) {
            return extent;
        }
        batchUsed = true;
        literalBatchChanged |= extent != batch.getAsLong();
        return batch.getAsLong();
    }

    private long named(long extent, int axis) {
        if (axis == 0 && batch.isPresent()) {
            batchUsed = true;
            if (batch.getAsLong() != extent) {
                throw fault(
                        place, "the batch is " + batch.getAsLong() + " but its dimension is bound to " + extent, null);
            }
        }
        return extent;
    }

    private long open(Port input, int axis, boolean isBatch, Dimension dim) {
        if (!isBatch) {
            String name = dim instanceof Dimension.Symbol(String symbol) ? symbol : key(input, axis);
            throw fault(
                    "input " + input.name(),
                    "dimension " + axis + " of " + input + " is open",
                    "bind it, for example " + name + "=224; the command has --bind " + name + "=224 for it");
        }
        batchUsed = true;
        return batch.orElse(1);
    }
}
