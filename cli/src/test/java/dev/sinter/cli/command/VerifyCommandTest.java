package dev.sinter.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sinter.cli.CommandRun;
import dev.sinter.cli.SampleFiles;
import java.awt.Color;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    @TempDir
    Path folder;

    @Test
    void a_sound_device_passes_layer_by_layer() {
        String out = CommandRun.of("verify", "zoo:lenet5", "--device", "jvm", "--layers")
                .fine()
                .out();
        assertTrue(out.contains("conv+relu+max_pool"), out);
        assertTrue(out.contains("by bound"), out);
        assertTrue(out.contains("passed: "), out);
    }

    @Test
    void integers_must_match_bit_for_bit() {
        String out = CommandRun.of("verify", "zoo:lenet5", "--device", "jvm", "--layers", "--exact")
                .fine()
                .out();
        assertTrue(out.contains("bit for bit"), out);
    }

    @Test
    void a_wrong_element_fails_and_is_shown_with_both_values_and_its_bound() {
        CommandRun run = CommandRun.of("verify", "zoo:lenet5", "--device", "faulty:wrong");
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.out().contains("pool1 (kernel "), run.out());
        assertTrue(run.out().contains("first at [0,5,13,13]"), run.out());
        for (String part : new String[] {"device  ", "oracle  ", "bound   "}) {
            assertTrue(run.out().contains("\n    " + part), run.out());
        }
    }

    @Test
    void json_has_every_group_of_layers() throws Exception {
        CommandRun run = CommandRun.of("verify", "zoo:lenet5", "--device", "faulty:wrong", "--json");
        assertEquals(1, run.exitCode());
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertFalse(report.get("passed").asBoolean());
        assertEquals(1, report.get("layers").get(0).get("beyond").asInt());
        assertEquals(
                13, report.get("layers").get(0).get("first").get("index").get(3).asInt());
    }

    @Test
    void the_same_seed_gives_the_same_verdict() {
        Object[] arguments = {"verify", "zoo:lenet5", "--device", "jvm", "--layers", "--seed", 7};
        assertEquals(
                CommandRun.of(arguments).fine().out(),
                CommandRun.of(arguments).fine().out());
    }

    @Test
    void inputs_can_be_given() throws Exception {
        Path picture = SampleFiles.picture(folder.resolve("red.png"), 40, 20, Color.RED);
        String out = CommandRun.of("verify", "zoo:lenet5", "--device", "jvm", "--input", picture, "--scale", "1/255")
                .fine()
                .out();
        assertTrue(out.contains("the inputs given"), out);
    }

    @Test
    void the_difference_over_the_whole_network_is_told_when_asked() {
        String out = CommandRun.of("verify", "zoo:lenet5", "--device", "jvm", "--whole")
                .fine()
                .out();
        assertTrue(out.contains("over the whole network: softmax1 differs from the oracle by at most "), out);
    }

    @Test
    void exact_verification_takes_no_inputs() {
        CommandRun.of("verify", "zoo:lenet5", "--exact", "--input", "red.png").isWrongUse("OPT-001", "--exact");
    }
}
