package dev.sinter.tests.fuzz;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.LoadedProgram;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.Tensor;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;

/// A device that gets the last element of some steps wrong, to see whether anybody notices.
///
/// @param wrong what makes it get a step wrong
@NullMarked
record FaultyDevice(Device device, Predicate<Node> wrong) implements Device {
    @Override
    public String id() {
        return "faulty";
    }

    @Override
    public String name() {
        return "faulty " + device.name();
    }

    @Override
    public String backend() {
        return device.backend();
    }

    @Override
    public Target target() {
        return device.target();
    }

    @Override
    public Map<String, String> details() {
        return device.details();
    }

    @Override
    public LoadedProgram load(Program program, Trace trace) {
        LoadedProgram loaded = device.load(program, trace);
        return new LoadedProgram() {
            @Override
            public RunContext newContext() {
                return new Context(loaded.newContext(), wrong, new HashSet<>());
            }

            @Override
            public void close() {
                loaded.close();
            }
        };
    }

    private record Context(RunContext right, Predicate<Node> wrong, Set<Value> spoilt) implements RunContext {
        @Override
        public void write(Value value, Tensor tensor) {
            right.write(value, tensor);
        }

        @Override
        public void start(Step step) {
            right.start(step);
            if (step.cluster().nodes().stream().anyMatch(wrong)) {
                spoilt.addAll(step.outputs());
            }
        }

        @Override
        public void finish() {
            right.finish();
        }

        @Override
        public Tensor read(Value value) {
            Tensor tensor = right.read(value);
            if (spoilt.contains(value)) {
                long last = tensor.shape().elements() - 1;
                tensor.set(last, tensor.get(last) + 1);
            }
            return tensor;
        }

        @Override
        public List<KernelTime> times() {
            return right.times();
        }

        @Override
        public void close() {
            right.close();
        }
    }
}
