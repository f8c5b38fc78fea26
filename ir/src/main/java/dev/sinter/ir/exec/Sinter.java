package dev.sinter.ir.exec;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.MemoryLimit;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.plan.Plan;
import dev.sinter.ir.plan.Planner;
import dev.sinter.ir.plan.Policy;
import dev.sinter.ir.rewrite.NarrowToHalf;
import dev.sinter.ir.rewrite.StandardPasses;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.schedule.Tuning;

/// The way in: a network and a device make an [Executable].
public final class Sinter {
    private Sinter() {}

    /// Compiles with the default options.
    public static Executable compile(Graph graph, Device device) {
        return compile(graph, device, CompileOptions.DEFAULT);
    }

    /// @throws dev.sinter.ir.diag.CompileException if the network or the device is at fault
    public static Executable compile(Graph graph, Device device, CompileOptions options) {
        Program whole = program(graph, device.target(), options.on(device));
        Program program = device.hasChannels() ? whole : whole.withoutChannels();
        return load(program, device, options.trace());
    }

    /// Makes a program ready to run.
    ///
    /// @param program one without channels, if the device has none
    /// @throws dev.sinter.ir.diag.CompileException if the device is at fault
    public static Executable load(Program program, Device device, Trace trace) {
        return new Executable(program, device, device.load(program, trace));
    }

    /// The network after its passes, as it is planned.
    public static Graph optimised(Graph graph, CompileOptions options) {
        return options.optimise() ? StandardPasses.pipeline().run(graph, options.trace()) : graph;
    }

    /// The network in the precision that is asked for: what is compiled, and what the oracle judges it by. Passes come
    /// before, since constants that they fold must be rounded once.
    private static Graph inPrecision(Graph graph, Target target, CompileOptions options) {
        return switch (options.precision()) {
            case FLOAT32 -> graph;
            case FLOAT16 -> {
                if (!target.half()) {
                    throw new CompileException(
                            Code.DEVICE_PRECISION,
                            "device " + target.name(),
                            "is to compute in f16 but has no half-precision arithmetic: it lacks cl_khr_fp16",
                            "leave out --precision f16, or take a device that has it, such as most GPUs");
                }
                yield new NarrowToHalf().apply(optimised(graph, options));
            }
        };
    }

    /// Everything short of a device: for looking at, and for devices that are elsewhere.
    ///
    /// @throws CompileException if the network or the device is at fault
    public static Program program(Graph given, Target target, CompileOptions options) {
        Graph graph = inPrecision(given, target, options);
        Policy policy = options.policy().orElseGet(() -> Policy.of(target));
        Tuning tuning =
                options.policy().isPresent() ? Tuning.NONE : options.tuning().orElse(Tuning.NONE);
        Plan plan =
                Planner.plan(optimised(graph, options), target, policy, options.fuse(), options.schedules(), tuning);
        MemoryPlan memory = MemoryPlan.of(plan.withoutChannels(), options.keepIntermediates());
        long weights = plan.graph().constants().values().stream()
                .mapToLong(tensor -> tensor.type().bytes())
                .sum();
        MemoryLimit.require(
                weights + memory.bytes(),
                graph.name(),
                "its weights (" + weights + " bytes) and the tensors between its layers (" + memory.bytes() + ")");
        return new Program(graph, plan, memory);
    }
}
