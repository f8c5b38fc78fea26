package dev.sinter.ir.schedule;

import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.type.TensorType;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// How a group is divided into kernels: one for each stage that has memory of its own.
public final class Kernels {
    private Kernels() {}

    /// A tensor between two kernels of one group.
    public static final class Intermediate implements Source {
        private final String name;
        private final TensorType type;
        private final Source groupOutput;

        private Intermediate(String name, TensorType type, Source groupOutput) {
            this.name = name;
            this.type = type;
            this.groupOutput = groupOutput;
        }

        /// What the group computes in the end.
        public Source groupOutput() {
            return groupOutput;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public TensorType type() {
            return type;
        }
    }

    /// The stages of one kernel.
    ///
    /// @param root the stage whose elements the kernel stores
    /// @param stages the root and all that it computes, callees first
    /// @param stored the tensors of the group's stages that live in memory, the root's among them
    public record Part(Group group, Stage root, List<Stage> stages, Map<Stage, Source> stored) {
        public Part {
            stages = List.copyOf(stages);
            stored = Collections.unmodifiableMap(stored);
        }
    }

    /// The tensors of the stages that live in memory; the root's is the group's output.
    public static Map<Stage, Source> stored(Group group, Predicate<Stage> inMemory) {
        Map<Stage, Source> stored = new IdentityHashMap<>();
        for (Stage stage : group.stages()) {
            Source other = group.others().get(stage);
            if (stage == group.root()) {
                stored.put(stage, group.output());
            } else if (other != null) {
                stored.put(stage, other);
            } else if (inMemory.test(stage)) {
                String name = group.name() + "." + stage.name();
                stored.put(stage, new Intermediate(name, stage.tensorType(), group.output()));
            }
        }
        return stored;
    }

    /// The kernels in the order in which they run.
    public static List<Part> of(Group group, Map<Stage, Source> stored) {
        return group.stages().stream()
                .filter(stored::containsKey)
                .map(root -> part(group, root, stored))
                .toList();
    }

    private static Part part(Group group, Stage root, Map<Stage, Source> stored) {
        Set<Stage> computed = Collections.newSetFromMap(new IdentityHashMap<>());
        computed.add(root);
        for (Stage stage : group.stages().reversed()) {
            if (computed.contains(stage)) {
                Group.callees(stage).stream()
                        .filter(callee -> !stored.containsKey(callee))
                        .forEach(computed::add);
            }
        }
        return new Part(
                group, root, group.stages().stream().filter(computed::contains).toList(), stored);
    }
}
