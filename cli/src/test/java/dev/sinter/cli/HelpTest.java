package dev.sinter.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "devices",
                "inspect",
                "explain",
                "run",
                "bench",
                "verify",
                "conformance",
                "compile",
                "tune",
                "train",
                "quantize",
                "synthesize",
                "convert",
                "opt"
            })
    void every_command_has_help_with_examples(String command) {
        String help = CommandRun.of(command, "--help").fine().out();
        assertAll(
                () -> assertTrue(help.contains("Usage: sinter " + command), help),
                () -> assertTrue(help.contains("Examples:\n  sinter " + command), help),
                () -> assertTrue(help.contains("--stacktrace"), help),
                () -> assertFalse(help.contains("${"), help),
                () -> assertTrue(help.lines().allMatch(line -> line.length() <= 100), help));
    }

    @Test
    void the_main_help_lists_all_commands() {
        String help = CommandRun.of("--help").fine().out();
        for (String command : new String[] {
            "devices",
            "inspect",
            "explain",
            "run",
            "bench",
            "verify",
            "conformance",
            "compile",
            "tune",
            "train",
            "quantize",
            "synthesize",
            "convert",
            "opt"
        }) {
            assertTrue(help.contains("\n  " + command + " "), help);
        }
    }

    @Test
    void no_command_prints_the_help_as_an_error() {
        CommandRun run = CommandRun.of();
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("Usage: sinter COMMAND"), run.err());
    }

    @Test
    void the_version_is_that_of_the_build_and_of_java() {
        String version = CommandRun.of("--version").fine().out();
        assertTrue(version.startsWith("sinter "), version);
        assertTrue(version.contains("Java " + Runtime.version()), version);
    }

    @Test
    void completion_knows_commands_and_options() {
        String script = CommandRun.of("generate-completion").fine().out();
        assertTrue(script.contains("verify"), script);
        assertTrue(script.contains("--save-outputs"), script);
    }

    @Test
    void a_mistyped_command_is_answered_with_the_nearest() {
        CommandRun.of("inspekt").isWrongUse("OPT-001", "did you mean inspect");
    }

    @Test
    void a_mistyped_option_is_told_before_what_is_missing() {
        CommandRun.of("run", "zoo:lenet5", "--inptu", "x.png")
                .isWrongUse("OPT-001", "--inptu", "did you mean --input?");
    }

    @Test
    void a_number_that_is_none_is_told_with_its_option() {
        CommandRun.of("inspect", "zoo:lenet5", "--batch", "many").isWrongUse("OPT-001", "--batch", "'many'");
    }

    @Test
    void options_that_exclude_each_other_are_told() {
        CommandRun.of("inspect", "zoo:lenet5", "--json", "--dot").isWrongUse("OPT-001", "--json", "--dot");
    }
}
