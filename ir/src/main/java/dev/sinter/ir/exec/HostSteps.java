package dev.sinter.ir.exec;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// A device's context in which steps run on the host too, as if the device had run them: it waits for the kernels
/// before, brings what the step reads, and leaves what the step yields where kernels look for it. Tensors whose extents
/// are open stay here.
final class HostSteps implements RunContext {
    private final RunContext device;
    private final Program program;
    private final Map<Value, Tensor> open = new IdentityHashMap<>();

    /// Times of kernels before the last step on the host: a device forgets them when it goes on.
    private final List<KernelTime> earlier = new ArrayList<>();

    private boolean finished;

    private HostSteps(RunContext device, Program program) {
        this.device = device;
        this.program = program;
    }

    /// The device's context, if the device runs all steps.
    static RunContext around(RunContext device, Program program) {
        boolean any = program.plan().steps().stream().anyMatch(Step::runsOnHost);
        return any ? new HostSteps(device, program) : device;
    }

    @Override
    public void write(Value value, Tensor tensor) {
        device.write(value, tensor);
    }

    @Override
    public void start(Step step) {
        if (finished) {
            earlier.clear();
            finished = false;
        }
        if (!step.runsOnHost()) {
            device.start(step);
            return;
        }
        device.finish();
        earlier.addAll(device.times());
        run(step.cluster().last());
    }

    private void run(Node node) {
        List<TensorView> inputs =
                node.inputs().stream().map(this::operand).map(TensorView::of).toList();
        List<TensorView> results;
        try {
            results = node.op().results(Rounding.none(), inputs);
        } catch (CompileException fault) {
            throw fault.at(node.label());
        }
        for (int i = 0; i < results.size(); i++) {
            Value output = node.outputs().get(i);
            Tensor result = results.get(i).rounded();
            if (program.plan().graph().isOpen(output)) {
                open.put(output, result);
            } else {
                device.write(output, result);
            }
        }
    }

    private Tensor operand(Value value) {
        return program.constant(value)
                .map(constant -> constant.reshaped(value.type().shape()))
                .orElseGet(() -> read(value));
    }

    @Override
    public void finish() {
        device.finish();
        finished = true;
    }

    @Override
    public Tensor read(Value value) {
        Tensor held = open.get(value);
        return held != null ? held : device.read(value);
    }

    @Override
    public void read(Value value, Tensor into) {
        Tensor held = open.get(value);
        if (held != null) {
            into.data().copyFrom(held.data());
        } else {
            device.read(value, into);
        }
    }

    @Override
    public void copy(Value from, Value to) {
        device.copy(from, to);
    }

    @Override
    public List<KernelTime> times() {
        List<KernelTime> all = new ArrayList<>(earlier);
        all.addAll(device.times());
        earlier.clear();
        return List.copyOf(all);
    }

    @Override
    public void close() {
        device.close();
    }
}
