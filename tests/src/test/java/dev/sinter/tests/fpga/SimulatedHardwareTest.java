package dev.sinter.tests.fpga;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.backend.fpga.Design;
import dev.sinter.backend.fpga.DesignFiles;
import dev.sinter.backend.fpga.Hardware;
import dev.sinter.backend.fpga.Simulation;
import dev.sinter.backend.fpga.Simulation.Simulator;
import dev.sinter.backend.fpga.Synthesis;
import dev.sinter.frontend.zoo.Zoo;
import dev.sinter.hardware.HardwareConfigs;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.plan.Folding;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.Requirements;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Hardware in a simulator against the kernels that it is printed from, in the kernel evaluator, every bit; and those
/// against the oracle.
@NullMarked
class SimulatedHardwareTest {
    private static final Target TARGET =
            HardwareConfigs.bundled().named("lattice-ice40up5k").target();

    @TempDir
    private Path folder;

    static List<Named<Graph>> networks() {
        return IntegerNetworks.all();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void it_computes_what_its_kernels_do_however_it_has_to_wait(Graph network) {
        compare(Hardware.of(network, TARGET, Folding.onto(4), CompileOptions.DEFAULT), 2, 90, Simulator.ICARUS);
    }

    static List<Named<Graph>> smallNetworks() {
        return SmallNetworks.all();
    }

    @ParameterizedTest
    @MethodSource("smallNetworks")
    void what_networks_are_made_of_becomes_hardware_once_quantised(Graph network) {
        Hardware hardware =
                Hardware.of(QuantizedNetworks.quantized(network), TARGET, Folding.onto(4), CompileOptions.DEFAULT);
        compare(hardware, 2, 60, Simulator.ICARUS);
        Simulation.Result result = compare(hardware, 6, 0, Simulator.ICARUS);
        double predicted = hardware.design().interval();
        assertEquals(predicted, result.interval(), 0.02 * predicted);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void it_takes_as_many_cycles_as_predicted(Graph network) {
        Hardware hardware = Hardware.of(network, TARGET, Folding.onto(6), CompileOptions.DEFAULT);
        Simulation.Result result = compare(hardware, 6, 0, Simulator.ICARUS);
        double predicted = hardware.design().interval();
        assertEquals(predicted, result.interval(), 0.02 * predicted);
    }

    /// One of three, unless `-Dsinter.hardware=all` asks for all of them.
    static List<Named<Graph>> synthesizedNetworks() {
        int step = HardwareRuns.ALL ? 1 : 3;
        List<Named<Graph>> all = IntegerNetworks.all();
        return IntStream.iterate(step - 1, i -> i < all.size(), i -> i + step)
                .mapToObj(all::get)
                .toList();
    }

    /// What yosys makes of a design, cell by cell, does what the design does.
    @ParameterizedTest
    @MethodSource("synthesizedNetworks")
    @Tag("slow")
    void its_netlist_computes_the_same(Graph network) {
        Requirements.assume("yosys", () -> !Synthesis.missing().contains("yosys"), "it is not on the path");
        Requirements.assume(Simulator.ICARUS.program(), Simulator.ICARUS::isThere, "it is not on the path");
        Hardware hardware = Hardware.of(network, TARGET, Folding.onto(2), CompileOptions.DEFAULT);
        List<Map<Value, Tensor>> frames = HardwareRuns.frames(hardware, 2);
        Target.Fpga chip = TARGET.fpga().orElseThrow();
        Simulation.Result result = Simulation.netlist(hardware.design(), frames, 60, chip, folder);
        HardwareRuns.assertRight(hardware, TARGET, frames, result);
    }

    @Test
    void a_quantised_network_becomes_hardware_but_for_its_ends() {
        Graph quantized = QuantizedNetworks.quantized(Zoo.graph("lenet5", 1, 3));
        Hardware hardware = Hardware.of(quantized, TARGET, Folding.onto(16), CompileOptions.DEFAULT);
        assertEquals(
                List.of("div", "quantize", "cast", "sub"),
                hardware.core().before().stream()
                        .map(node -> node.op().mnemonic())
                        .toList());
        assertEquals(
                List.of("cast", "mul", "softmax"),
                hardware.core().after().stream()
                        .map(node -> node.op().mnemonic())
                        .toList());
        assertEquals(5, hardware.program().kernels().size());
        Simulation.Result result = compare(hardware, 8, 0, Simulator.VERILATOR);
        assertEquals(
                hardware.design().interval(),
                result.interval(),
                0.02 * hardware.design().interval());
    }

    /// Loading what memories are empty of at first, then frames, byte by byte over a serial line.
    @Test
    void a_board_answers_its_host() {
        Requirements.assume(Simulator.VERILATOR.program(), Simulator.VERILATOR::isThere, "it is not on the path");
        Hardware hardware = Hardware.of(
                QuantizedNetworks.quantized(Zoo.graph("lenet5", 1, 3)),
                TARGET,
                Folding.pace(80_000),
                CompileOptions.DEFAULT);
        assertTrue(hardware.design().load().length > 0);
        Design.Stream input = hardware.design().inputs().getFirst();
        List<Tensor> frames = IntStream.range(0, 3)
                .mapToObj(seed -> RandomTensors.integers(
                        input.tensor().type(), input.range().lo(), input.range().hi(), seed))
                .toList();
        List<Tensor> answers = Simulation.board(hardware.design(), frames, Simulator.VERILATOR, folder);
        Value output = hardware.design().outputs().getFirst().tensor();
        try (Executable kernels = Sinter.load(hardware.program(), new EvaluatorDevice(TARGET), Trace.silent())) {
            for (int frame = 0; frame < frames.size(); frame++) {
                Map<String, Tensor> expected = kernels.run(Map.of(input.tensor().name(), frames.get(frame)));
                assertEquals(
                        HardwareRuns.numbers(Expect.present(expected.get(output.name()), output)),
                        HardwareRuns.numbers(answers.get(frame)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void it_is_printed_alike_each_time(Graph network) {
        assertEquals(
                DesignFiles.of(Hardware.of(network, TARGET, Folding.onto(4), CompileOptions.DEFAULT)
                        .design()),
                DesignFiles.of(Hardware.of(network, TARGET, Folding.onto(4), CompileOptions.DEFAULT)
                        .design()));
    }

    @Test
    void a_network_of_real_numbers_is_refused_with_what_to_do() {
        CompileException fault = assertThrows(
                CompileException.class,
                () -> Hardware.of(Zoo.graph("lenet5", 1, 3), TARGET, Folding.onto(4), CompileOptions.DEFAULT));
        assertTrue(fault.getMessage().contains("FPGA-001"), fault::getMessage);
        assertTrue(fault.getMessage().contains("computes nothing on integers"), fault::getMessage);
        assertTrue(fault.getMessage().contains("sinter quantize"), fault::getMessage);
    }

    private Simulation.Result compare(Hardware hardware, int count, int stall, Simulator simulator) {
        Requirements.assume(simulator.program(), simulator::isThere, "it is not on the path");
        List<Map<Value, Tensor>> frames = HardwareRuns.frames(hardware, count);
        Simulation.Result result = Simulation.run(hardware.design(), frames, stall, simulator, folder);
        HardwareRuns.assertRight(hardware, TARGET, frames, result);
        return result;
    }
}
