package dev.sinter.ir.kernel;

import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Schedule;
import dev.sinter.ir.schedule.Storage;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Turns a group and its schedule into kernels: one for the root, and one for each stage that lives in a buffer.
public final class Lowering {
    private Lowering() {}

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

    /// The tensors in which the stages of a group live that live in memory, the root's being the group's output.
    public static Map<Stage, Source> stored(Group group, Schedule schedule) {
        return stored(group, stage -> schedule.plan(stage).storage() instanceof Storage.Buffer);
    }

    /// As [#stored(Group, Schedule)], before there is a schedule.
    public static Map<Stage, Source> stored(Group group, Predicate<Stage> inMemory) {
        Map<Stage, Source> stored = new IdentityHashMap<>();
        for (Stage stage : group.stages()) {
            if (stage == group.root()) {
                stored.put(stage, group.output());
            } else if (inMemory.test(stage)) {
                String name = group.name() + "." + stage.name();
                stored.put(stage, new Intermediate(name, stage.tensorType(), group.output()));
            }
        }
        return stored;
    }

    /// Kernels in the order in which they run.
    ///
    /// @param stored from [#stored(Group, Schedule)]
    /// @param names those of the program
    /// @throws dev.sinter.ir.diag.CompileException if the schedule is not legal for the group
    public static List<Kernel> lower(
            Group group, Schedule schedule, Map<Stage, Source> stored, Layouts layouts, Identifiers names) {
        List<Kernel> kernels = new ArrayList<>();
        for (Stage stage : group.stages()) {
            schedule.plan(stage).complaint(stage).ifPresent(complaint -> {
                throw Schedule.illegal(stage, complaint);
            });
            if (stored.containsKey(stage)) {
                String name = names.kernel(nameOf(group, stage, stored));
                kernels.add(lowerOne(group, stage, schedule, stored, layouts, name));
            }
        }
        return kernels;
    }

    /// The names of the stages that one kernel computes: `conv_relu_max_pool`.
    private static String nameOf(Group group, Stage root, Map<Stage, Source> stored) {
        Set<Stage> computed = Collections.newSetFromMap(new IdentityHashMap<>());
        computed.add(root);
        for (Stage stage : group.stages().reversed()) {
            if (computed.contains(stage)) {
                Group.callees(stage).stream()
                        .filter(callee -> !stored.containsKey(callee))
                        .forEach(computed::add);
            }
        }
        return group.stages().stream()
                .filter(computed::contains)
                .map(Stage::name)
                .collect(Collectors.joining("_"));
    }

    /// The kernel of one stored stage.
    public static Kernel lowerOne(
            Group group, Stage root, Schedule schedule, Map<Stage, Source> stored, Layouts layouts, String name) {
        return new KernelLowering(group.stages(), root, schedule, stored, layouts).lower(name);
    }
}
