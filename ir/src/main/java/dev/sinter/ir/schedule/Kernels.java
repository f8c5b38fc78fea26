package dev.sinter.ir.schedule;

import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// How a group is divided into kernels.
///
/// @param stored the tensors of the stages that live in memory; the root's is the group's output
/// @param parts in the order in which they run
public record Kernels(Map<Stage, Source> stored, List<Part> parts) {
    public Kernels {
        stored = Collections.unmodifiableMap(stored);
        parts = List.copyOf(parts);
    }

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
    /// @param root the stage that the kernel is called for: its elements are stored, and so are those of any other
    ///     result of the group that is computed inside of its loops
    /// @param stages the root and all that is computed with it, callees first
    /// @param read the tensors of stages that other kernels compute
    /// @param written the tensors of those that this one does, the root's among them
    public record Part(
            Group group, Stage root, List<Stage> stages, Map<Stage, Source> read, Map<Stage, Source> written) {
        public Part {
            stages = List.copyOf(stages);
            read = Collections.unmodifiableMap(read);
            written = Collections.unmodifiableMap(written);
        }

        /// The tensor that holds a stage's elements, if they go to memory that kernels share.
        public Optional<Source> tensor(Stage stage) {
            return Optional.ofNullable(written.getOrDefault(stage, read.get(stage)));
        }
    }

    /// Divides a group. A result without a kernel of its own is computed by the first one that reads it, or else by the
    /// root's.
    ///
    /// @param hasKernel which stages have kernels of their own; the root has one in any case
    public static Kernels of(Group group, Predicate<Stage> hasKernel) {
        Predicate<Stage> own = stage -> stage == group.root() || hasKernel.test(stage);
        Map<Stage, Source> stored = stored(group, own);
        Set<Stage> written = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Part> parts = new ArrayList<>();
        for (Stage root : group.stages()) {
            if (own.test(root)) {
                Part part = part(group, root, stored, stage -> own.test(stage) || written.contains(stage));
                written.addAll(part.written().keySet());
                parts.add(part);
            }
        }
        return new Kernels(stored, parts);
    }

    private static Map<Stage, Source> stored(Group group, Predicate<Stage> inMemory) {
        Map<Stage, Source> stored = new IdentityHashMap<>(group.results());
        for (Stage stage : group.stages()) {
            if (inMemory.test(stage) && !stored.containsKey(stage)) {
                String name = group.name() + "." + stage.name();
                stored.put(stage, new Intermediate(name, stage.tensorType(), group.output()));
            }
        }
        return stored;
    }

    private static Part part(Group group, Stage root, Map<Stage, Source> stored, Predicate<Stage> elsewhere) {
        Set<Stage> computed = Collections.newSetFromMap(new IdentityHashMap<>());
        computed.add(root);
        if (root == group.root()) {
            group.outputs().stream().filter(elsewhere.negate()).forEach(computed::add);
        }
        for (Stage stage : group.stages().reversed()) {
            if (computed.contains(stage)) {
                Group.callees(stage).stream().filter(elsewhere.negate()).forEach(computed::add);
            }
        }
        Map<Stage, Source> read = new IdentityHashMap<>(stored);
        Map<Stage, Source> written = new IdentityHashMap<>(stored);
        read.keySet().removeAll(computed);
        written.keySet().retainAll(computed);
        return new Part(
                group, root, group.stages().stream().filter(computed::contains).toList(), read, written);
    }
}
