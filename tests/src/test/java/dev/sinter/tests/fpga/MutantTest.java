package dev.sinter.tests.fpga;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.backend.fpga.DesignFiles;
import dev.sinter.backend.fpga.Hardware;
import dev.sinter.backend.fpga.Simulation;
import dev.sinter.backend.fpga.Simulation.Simulator;
import dev.sinter.hardware.HardwareConfigs;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.plan.Folding;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.Tensor;
import dev.sinter.tests.support.Requirements;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hardware that is wrong in one place is found out: what judges hardware can fail.
@NullMarked
@Tag("slow")
class MutantTest {
    private static final Target TARGET =
            HardwareConfigs.bundled().named("lattice-ice40up5k").target();
    private static final int MUTANTS = 40;
    private static final int FRAMES = 3;
    private static final int STALL = 60;

    /// Those that are not found are of what only a product near a half depends on, which random frames have none of:
    /// quantisation is tested with every integer by itself.
    private static final double FOUND = 0.75;

    @TempDir
    private Path folder;

    /// A change of one place.
    private record Mutation(Pattern pattern, UnaryOperator<String> change) {
        static Mutation of(String from, String to) {
            return new Mutation(Pattern.compile(Pattern.quote(from)), _ -> to);
        }
    }

    private static final List<Mutation> MUTATIONS = List.of(
            Mutation.of(" + ", " - "),
            Mutation.of(" - ", " + "),
            Mutation.of(" * ", " + "),
            Mutation.of(" == ", " != "),
            Mutation.of(" < ", " >= "),
            Mutation.of(" && ", " || "),
            Mutation.of(" ? ", " == 0 ? "),
            new Mutation(Pattern.compile("'sd\\d+"), constant -> "'sd" + (number(constant) + 1)),
            new Mutation(Pattern.compile(">>> \\d+"), shift -> ">>> " + (number(shift) + 1)));

    private static long number(String text) {
        return Long.parseLong(text.replaceAll("\\D", ""));
    }

    @Test
    void most_are_found() throws Exception {
        Requirements.assume(Simulator.ICARUS.program(), Simulator.ICARUS::isThere, "it is not on the path");
        Graph network = IntegerNetworks.all().stream()
                .filter(named -> named.getName().equals("a convolution and its maximum"))
                .findFirst()
                .orElseThrow()
                .getPayload();
        Hardware hardware = Hardware.of(network, TARGET, Folding.onto(4), CompileOptions.DEFAULT);
        List<Map<Value, Tensor>> frames = HardwareRuns.frames(hardware, FRAMES);
        Map<String, String> files = DesignFiles.of(hardware.design());
        assertTrue(isRight(hardware, files, frames, "original"));
        Random random = new Random(3);
        List<String> survivors = new ArrayList<>();
        for (int i = 0; i < MUTANTS; i++) {
            Map<String, String> mutant = new HashMap<>(files);
            String what = mutate(mutant, MUTATIONS.get(i % MUTATIONS.size()), random);
            if (isRight(hardware, mutant, frames, "mutant" + i)) {
                survivors.add(what);
            }
        }
        assertTrue(survivors.size() <= (1 - FOUND) * MUTANTS, () -> String.join("\n", survivors));
    }

    /// Changes one place of a file that has some; returns the line.
    private static String mutate(Map<String, String> files, Mutation mutation, Random random) {
        List<String> names = files.keySet().stream()
                .filter(name -> name.startsWith("kernel_") && name.endsWith(".v"))
                .filter(name -> mutation.pattern().matcher(text(files, name)).find())
                .sorted()
                .toList();
        String name = names.get(random.nextInt(names.size()));
        String text = text(files, name);
        List<MatchResult> places = mutation.pattern().matcher(text).results().toList();
        MatchResult place = places.get(random.nextInt(places.size()));
        String changed =
                text.substring(0, place.start()) + mutation.change().apply(place.group()) + text.substring(place.end());
        files.put(name, changed);
        int end = changed.indexOf('\n', place.start());
        return changed.substring(changed.lastIndexOf('\n', place.start()) + 1, end);
    }

    private static String text(Map<String, String> files, String name) {
        return files.getOrDefault(name, "");
    }

    private boolean isRight(Hardware hardware, Map<String, String> files, List<Map<Value, Tensor>> frames, String name)
            throws Exception {
        Path own = Files.createDirectories(folder.resolve(name));
        try {
            Simulation.Result result = Simulation.run(hardware.design(), files, frames, STALL, Simulator.ICARUS, own);
            HardwareRuns.assertRight(hardware, TARGET, frames, result);
            return true;
        } catch (AssertionError | CompileException | NumberFormatException wrong) {
            // Other numbers came, or none, or such as are not known (x).
            return false;
        }
    }
}
