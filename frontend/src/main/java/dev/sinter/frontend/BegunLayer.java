package dev.sinter.frontend;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A layer whose name and settings may still change.
final class BegunLayer {
    private final Layer layer;
    private final Value input;
    private final Map<LayerSetting, List<Long>> settings = new EnumMap<>(LayerSetting.class);
    private String name;

    BegunLayer(Layer layer, Value input, String name) {
        this.layer = layer;
        this.input = input;
        this.name = name;
    }

    String name() {
        return name;
    }

    void rename(String other) {
        name = other;
    }

    void set(LayerSetting setting, List<Long> values) {
        if (!layer.settings().contains(setting)) {
            String known = layer.settings().stream()
                    .sorted()
                    .map(LayerSetting::toString)
                    .collect(Collectors.joining(", "));
            throw new CompileException(
                    Code.ATTRIBUTE,
                    label(),
                    "has no " + setting + " to set",
                    known.isEmpty() ? "it has no settings" : "it has " + known);
        }
        settings.put(setting, List.copyOf(values));
    }

    /// Puts the layer into the graph and returns what it yields.
    ///
    /// @throws CompileException if it does not fit, by the layer's name
    Value addTo(Graph.Builder graph, long seed) {
        try {
            return layer.addTo(new LayerScope(graph, name, seed, settings), input);
        } catch (CompileException fault) {
            throw fault.at(label());
        } catch (IllegalArgumentException | ArithmeticException refused) {
            // How records refuse their components.
            throw new CompileException(Code.ATTRIBUTE, label(), String.valueOf(refused.getMessage()), null, refused);
        }
    }

    private String label() {
        return name + " (" + layer.kind() + ")";
    }
}
