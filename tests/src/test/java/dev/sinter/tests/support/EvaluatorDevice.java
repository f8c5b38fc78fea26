package dev.sinter.tests.support;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.evaluate.EvaluationReport;
import dev.sinter.ir.evaluate.HostMemory;
import dev.sinter.ir.evaluate.KernelEvaluator;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.LoadedProgram;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.Tensor;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/// Runs programs for any target in the kernel evaluator, and fails at the first thing that a kernel must not do.
@NullMarked
public record EvaluatorDevice(Target target) implements Device {
    @Override
    public String id() {
        return "evaluator:" + target.name();
    }

    @Override
    public String name() {
        return "kernel evaluator for " + target.name();
    }

    @Override
    public String backend() {
        return "evaluator";
    }

    @Override
    public boolean hasChannels() {
        return target.kind() == Target.Kind.FPGA;
    }

    @Override
    public Map<String, String> details() {
        return Map.of();
    }

    @Override
    public LoadedProgram load(Program program, Trace trace) {
        return new LoadedProgram() {
            @Override
            public RunContext newContext() {
                return new Context(program);
            }

            @Override
            public void close() {}
        };
    }

    private static final class Context implements RunContext {
        private final Program program;
        private final Map<Source, Tensor> tensors = new IdentityHashMap<>();

        private Context(Program program) {
            this.program = program;
        }

        @Override
        public void write(Value value, Tensor tensor) {
            Source memory = program.plan().tensorOf(value);
            tensors.put(memory, tensor.reshaped(memory.type().shape()));
        }

        @Override
        public void start(Step step) {
            // What is concatenated in place is what its pieces are.
            if (step.kernels().isEmpty()) {
                step.outputs().forEach(tensors::remove);
            }
            if (step.kernels().stream().anyMatch(Kernel::usesChannels)) {
                together(step.kernels());
            } else {
                step.kernels().forEach(this::start);
            }
        }

        /// Kernels linked by channels run at the same time; what passes from one to another goes through those alone.
        private void together(List<Kernel> kernels) {
            Map<Buffer, HostMemory> memory = new HashMap<>();
            for (Kernel kernel : kernels) {
                for (Kernel.Argument argument : kernel.arguments()) {
                    memory.put(argument.buffer(), argument.written() ? unwritten(argument) : read(argument));
                }
            }
            EvaluationReport report = KernelEvaluator.run(kernels, memory);
            if (!report.isClean()) {
                throw new AssertionError(report.toString());
            }
            kernels.stream()
                    .flatMap(kernel -> kernel.outputs().stream())
                    .forEach(output -> tensors.put(
                            program.plan().tensorOf(output.source()),
                            Expect.present(memory.get(output.buffer()), output).toTensor(output.layout())));
        }

        private void start(Kernel kernel) {
            Map<Buffer, HostMemory> memory = new HashMap<>();
            for (Kernel.Argument argument : kernel.arguments()) {
                memory.put(argument.buffer(), argument.written() ? unwritten(argument) : read(argument));
            }
            EvaluationReport report = KernelEvaluator.run(kernel, memory);
            if (!report.isClean()) {
                throw new AssertionError(report.toString());
            }
            kernel.outputs()
                    .forEach(output -> tensors.put(
                            program.plan().tensorOf(output.source()),
                            Expect.present(memory.get(output.buffer()), output).toTensor(output.layout())));
        }

        private static HostMemory unwritten(Kernel.Argument argument) {
            return HostMemory.unwritten(
                    argument.buffer().element(), argument.buffer().elements());
        }

        private HostMemory read(Kernel.Argument argument) {
            Source source = program.plan().tensorOf(argument.source());
            Tensor tensor = program.constant(source).orElseGet(() -> Pieces.tensor(program.plan(), source, tensors));
            return HostMemory.of(tensor.reshaped(argument.layout().logical()), argument.layout());
        }

        @Override
        public void finish() {}

        @Override
        public Tensor read(Value value) {
            if (value.type().shape().elements() == 0) {
                return Tensor.allocate(value.type());
            }
            Source memory = program.plan().tensorOf(value);
            return Pieces.tensor(program.plan(), memory, tensors)
                    .reshaped(value.type().shape());
        }

        @Override
        public List<KernelTime> times() {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
