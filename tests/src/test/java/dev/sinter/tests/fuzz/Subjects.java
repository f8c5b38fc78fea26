package dev.sinter.tests.fuzz;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.schedule.ScheduleFile;
import dev.sinter.ir.schedule.Target;
import dev.sinter.tests.schedule.RandomSchedules;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.SampleTargets;
import dev.sinter.tests.support.WorkItemsDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/// On what a network is run: the JVM always, the others by turns, since each costs time.
///
/// @param jvm the device of this process
/// @param opencl a device of OpenCL, if there is one
/// @param everyOpencl one network in so many is compiled for it, which takes longer than all else together
@NullMarked
record Subjects(Device jvm, Optional<Device> opencl, int everyOpencl) {
    private static final List<Target> TARGETS = List.of(
            SampleTargets.AVX2, SampleTargets.SCALAR, SampleTargets.GPU, SampleTargets.FPGA, SampleTargets.AVX512);

    private static final CompileOptions PLAIN =
            new CompileOptions(false, false, false, Optional.empty(), Trace.silent());

    /// The JVM as it is, and by turns the JVM otherwise or another target; now and then OpenCL.
    ///
    /// @param seed of the network
    List<Subject> of(long seed) {
        List<Subject> subjects = new ArrayList<>();
        subjects.add(new Subject("jvm", jvm, CompileOptions.DEFAULT, "--device jvm"));
        long turn = Math.floorDiv(seed, 2);
        subjects.add(Math.floorMod(seed, 2) == 0 ? evaluator(seed, turn) : onJvm(turn));
        if (Math.floorMod(seed, everyOpencl) == 0) {
            opencl.ifPresent(device -> subjects.add(opencl(device)));
        }
        return subjects;
    }

    static Subject opencl(Device device) {
        return new Subject("opencl", device, CompileOptions.DEFAULT, "--device opencl");
    }

    private Subject onJvm(long turn) {
        return switch ((int) Math.floorMod(turn, 5)) {
            case 0 ->
                new Subject("jvm, neither fused nor rewritten", jvm, PLAIN, "--device jvm --no-fusion --no-passes");
            case 1 -> new Subject("jvm, other candidates", jvm, graph -> otherCandidates(graph, jvm));
            case 2 ->
                new Subject("work-items in bytecode", new WorkItemsDevice(SampleTargets.GPU), CompileOptions.DEFAULT);
            case 3 -> Subject.exact("jvm, exact", jvm, CompileOptions.DEFAULT, "--device jvm");
            default ->
                new Subject("jvm, not fused", jvm, CompileOptions.DEFAULT.withoutFusion(), "--device jvm --no-fusion");
        };
    }

    private static Subject evaluator(long seed, long turn) {
        Target target = TARGETS.get((int) Math.floorMod(turn, TARGETS.size()));
        Device device = new EvaluatorDevice(target);
        return switch ((int) Math.floorMod(turn, 4)) {
            case 0 -> new Subject(target.name() + ", neither fused nor rewritten", device, PLAIN);
            case 1 ->
                new Subject(target.name() + ", other candidates", device, graph -> otherCandidates(graph, device));
            case 2 ->
                new Subject(
                        target.name() + ", random schedules",
                        device,
                        _ -> CompileOptions.DEFAULT.withPolicy(new RandomSchedules(seed)));
            default -> new Subject(target.name(), device, CompileOptions.DEFAULT);
        };
    }

    private static CompileOptions otherCandidates(Graph graph, Device device) {
        String text = OtherCandidates.of(graph, device.target());
        return CompileOptions.DEFAULT.withSchedules(ScheduleFile.parse(text, text));
    }
}
