package dev.sinter.backend.tornado;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.exec.MemoryPlan;
import dev.sinter.ir.exec.Packing;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The memory of one run: an array for each slot here, and what TornadoVM makes of it on the device.
///
/// What was started runs when somebody waits for it. All steps together are one plan, or a few where TornadoVM's
/// limits or steps on the host want it, whose tensors stay on the device but for inputs and outputs, of the network
/// and of what runs on the host; where only some were started, each is a plan of its own that brings what it reads
/// and fetches what it writes.
final class TornadoRunContext implements RunContext {
    private final TornadoProgram loaded;
    private final Program program;
    private final List<Object> slots = new ArrayList<>();
    private final Map<Kernel, Object[]> arrays = new IdentityHashMap<>();
    private final Map<Step, TornadoPlan> single = new IdentityHashMap<>();

    private final List<Whole> whole = new ArrayList<>();

    private final List<Step> started = new ArrayList<>();

    /// The arrays that are newer on the device, and the plan in whose memory they are.
    private final Map<Object, TornadoPlan> onDevice = new IdentityHashMap<>();

    /// Steps between which nothing runs on the host, and their plans.
    private record Whole(List<Step> steps, List<TornadoPlan> plans) {}

    TornadoRunContext(TornadoProgram loaded) {
        this.loaded = loaded;
        this.program = loaded.program();
        for (MemoryPlan.Slot slot : program.memory().slots()) {
            Object array = loaded.allocate(
                    slot.element(), Math.ceilDiv(slot.bytes(), slot.element().bytes()));
            Packing.clear(loaded.segment(array), slot.layout(), slot.element());
            slots.add(array);
        }
        program.kernels().forEach(kernel -> arrays.put(kernel, bind(kernel)));
    }

    private Object[] bind(Kernel kernel) {
        return kernel.arguments().stream()
                .map(argument -> loaded.constant(argument)
                        .orElseGet(() ->
                                slots.get(program.memory().slot(program.plan().memoryOf(argument.source())))))
                .toArray();
    }

    private Object[] arrays(Kernel kernel) {
        return Expect.present(arrays.get(kernel), kernel.name());
    }

    private Object array(Value value) {
        return slots.get(program.memory().slot(program.plan().memoryOf(value)));
    }

    private Layout layout(Value value) {
        return program.plan().layout(value);
    }

    /// Compiles all kernels, if that was not done.
    ///
    /// @throws CompileException if TornadoVM refuses one
    void compile() {
        if (whole.isEmpty()) {
            List<Value> inputs = new ArrayList<>(program.plan().graph().inputs());
            List<Value> outputs = new ArrayList<>(program.plan().graph().outputs());
            program.onHost().forEach(node -> {
                inputs.addAll(node.outputs());
                outputs.addAll(node.inputs());
            });
            List<List<Step>> runs = runs();
            List<List<Kernel>> kernels =
                    runs.stream().map(TornadoRunContext::kernels).toList();
            List<List<ArrayTraffic.Part>> parts =
                    new ArrayTraffic(this::arrays, loaded.constants()).parts(kernels, held(inputs), held(outputs));
            for (int run = 0; run < runs.size(); run++) {
                whole.add(new Whole(
                        runs.get(run),
                        parts.get(run).stream()
                                .map(part -> compiled(part.kernels(), part.transfers()))
                                .toList()));
            }
        }
    }

    /// Steps that follow each other on the device.
    private List<List<Step>> runs() {
        List<List<Step>> runs = new ArrayList<>();
        List<Step> open = new ArrayList<>();
        for (Step step : program.plan().steps()) {
            if (step.runsOnHost()) {
                runs.add(List.copyOf(open));
                open.clear();
            } else {
                open.add(step);
            }
        }
        runs.add(List.copyOf(open));
        return runs.stream().filter(run -> !run.isEmpty()).toList();
    }

    private static List<Kernel> kernels(List<Step> steps) {
        return steps.stream().map(Step::kernels).flatMap(List::stream).toList();
    }

    /// The arrays of those values that are in memory.
    private List<Object> held(List<Value> values) {
        return values.stream()
                .filter(value -> program.memory().hasSlot(program.plan().memoryOf(value)))
                .map(this::array)
                .toList();
    }

    private TornadoPlan compiled(List<Kernel> kernels, TornadoPlan.Transfers transfers) {
        List<TornadoTask> tasks = kernels.stream().map(loaded::task).toList();
        try {
            return TornadoPlan.of(loaded.device(), tasks, task -> arrays(task.kernel()), transfers);
        } catch (TornadoApi.Refused refused) {
            if (kernels.size() > 1) {
                // TornadoVM does not say which kernel it is.
                kernels.forEach(kernel -> compiledAlone(List.of(kernel)).close());
            }
            throw new CompileException(
                    Code.DEVICE_BUILD,
                    kernels.getFirst().label(),
                    "TornadoVM cannot compile " + kernels.getFirst().name() + " for "
                            + loaded.device().id() + ": " + refused.getMessage(),
                    "try the other form of kernels, with --tornado-form",
                    refused);
        }
    }

    private TornadoPlan compiledAlone(List<Kernel> kernels) {
        return compiled(kernels, new ArrayTraffic(this::arrays, loaded.constants()).alone(kernels));
    }

    @Override
    public void write(Value value, Tensor tensor) {
        runStarted();
        Layout layout = layout(value);
        fetch(array(value));
        Packing.pack(tensor.reshaped(layout.logical()), layout, loaded.segment(array(value)));
    }

    @Override
    public void start(Step step) {
        started.add(step);
    }

    @Override
    public void finish() {
        runStarted();
    }

    private void runStarted() {
        List<Step> steps = List.copyOf(started);
        started.clear();
        try {
            compile();
            Optional<Whole> run =
                    whole.stream().filter(one -> one.steps().equals(steps)).findFirst();
            if (run.isPresent()) {
                for (TornadoPlan plan : run.get().plans()) {
                    plan.run();
                    plan.transfers().asked().forEach(array -> onDevice.put(array, plan));
                    plan.transfers().after().forEach(onDevice::remove);
                }
            } else {
                steps.stream().filter(step -> !step.kernels().isEmpty()).forEach(this::runAlone);
            }
        } catch (TornadoApi.Refused refused) {
            throw new CompileException(
                    Code.DEVICE_RUN,
                    loaded.device().id() + " (" + loaded.device().name() + ")",
                    "TornadoVM failed while it ran " + program.imported().name() + ": " + refused.getMessage(),
                    null,
                    refused);
        }
    }

    private void runAlone(Step step) {
        List.copyOf(onDevice.keySet()).forEach(this::fetch);
        single.computeIfAbsent(step, _ -> compiledAlone(step.kernels())).run();
    }

    /// Brings an array that is newer on the device.
    private void fetch(Object array) {
        TornadoPlan plan = onDevice.remove(array);
        if (plan != null) {
            plan.fetch(array);
        }
    }

    @Override
    public Tensor read(Value value) {
        runStarted();
        fetch(array(value));
        return Packing.unpack(
                        loaded.segment(array(value)),
                        layout(value),
                        value.type().element())
                .reshaped(value.type().shape());
    }

    /// TornadoVM tells no kernel's time without its profiler, which makes kernels wait for each other.
    @Override
    public List<KernelTime> times() {
        return List.of();
    }

    @Override
    public void close() {
        whole.forEach(run -> run.plans().forEach(TornadoPlan::close));
        single.values().forEach(TornadoPlan::close);
    }
}
