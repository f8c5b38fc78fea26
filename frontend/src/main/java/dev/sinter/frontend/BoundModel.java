package dev.sinter.frontend;

import dev.sinter.frontend.port.Dimension;
import dev.sinter.frontend.port.Port;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A model as a graph for the tensors that are fed to it: open dimensions are as these have them, and inputs that
/// must be known before a network can be compiled, such as the shape of a reshape, are constants of the graph, as few
/// as it takes.
///
/// @param inputs what is left to be fed
/// @param constants the names of inputs that are constants of the graph
public record BoundModel(Graph graph, Map<String, Tensor> inputs, List<String> constants) {
    /// Of so many inputs every choice of constants is tried, of more only the small ones.
    private static final int MOST_INPUTS_FOR_ALL_CHOICES = 5;

    private static final int SMALL_CHOICE = 2;

    public BoundModel {
        constants = List.copyOf(constants);
    }

    /// @throws CompileException what the importer says of the model with every input fed, if no choice of constants
    ///     helps
    public static BoundModel of(Model model, Map<String, Tensor> inputs) {
        CompileException first = null;
        for (List<String> constants : choices(inputs)) {
            try {
                return with(constants, model, inputs);
            } catch (CompileException fault) {
                first = first == null ? fault : first;
            }
        }
        throw first == null ? new IllegalStateException("no constants is a choice") : first;
    }

    private static BoundModel with(List<String> constants, Model model, Map<String, Tensor> inputs) {
        Map<String, Tensor> fed = new LinkedHashMap<>(inputs);
        Model specialised = model;
        for (String constant : constants) {
            specialised = specialised.withConstant(constant, Objects.requireNonNull(inputs.get(constant)));
            fed.remove(constant);
        }
        Graph graph = specialised
                .withDimensions(dimensions(specialised.inputs(), fed))
                .graph();
        return new BoundModel(graph, fed, constants);
    }

    /// Which inputs to make constants: none, then one at a time, then more. Those that look like a shape, axes or
    /// limits come first: integers, and then those of the fewest elements.
    private static List<List<String>> choices(Map<String, Tensor> inputs) {
        List<String> names = inputs.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.<Tensor>comparingInt(
                                tensor -> tensor.type().element().isFloating() ? 1 : 0)
                        .thenComparingLong(tensor -> tensor.shape().elements())))
                .map(Map.Entry::getKey)
                .toList();
        boolean all = names.size() <= MOST_INPUTS_FOR_ALL_CHOICES;
        List<List<String>> choices = new ArrayList<>(List.of(List.of()));
        int begin = 0;
        for (int size = 1; size <= (all ? names.size() : SMALL_CHOICE); size++) {
            int end = choices.size();
            for (List<String> smaller : choices.subList(begin, end).stream().toList()) {
                int last = smaller.isEmpty() ? -1 : names.indexOf(smaller.getLast());
                for (String next : names.subList(last + 1, names.size())) {
                    List<String> choice = new ArrayList<>(smaller);
                    choice.add(next);
                    choices.add(choice);
                }
            }
            begin = end;
        }
        if (!all) {
            choices.add(inputs.keySet().stream().skip(1).toList());
            choices.add(names);
        }
        return choices;
    }

    /// Open dimensions as the inputs have them.
    private static Map<String, Long> dimensions(List<Port> ports, Map<String, Tensor> inputs) {
        Map<String, Long> dimensions = new LinkedHashMap<>();
        for (Port port : ports) {
            Tensor tensor = inputs.get(port.name());
            List<Dimension> dims = port.dims().orElse(List.of());
            for (int axis = 0;
                    tensor != null
                            && axis < Math.min(dims.size(), tensor.shape().rank());
                    axis++) {
                if (!(dims.get(axis) instanceof Dimension.Fixed)) {
                    dimensions.put(
                            port.name() + "[" + axis + "]", tensor.shape().dim(axis));
                }
            }
        }
        return dimensions;
    }
}
