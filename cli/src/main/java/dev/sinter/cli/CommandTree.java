package dev.sinter.cli;

import dev.sinter.cli.command.BenchCommand;
import dev.sinter.cli.command.CompileCommand;
import dev.sinter.cli.command.ConformanceCommand;
import dev.sinter.cli.command.ConvertCommand;
import dev.sinter.cli.command.DevicesCommand;
import dev.sinter.cli.command.ExplainCommand;
import dev.sinter.cli.command.FitCommand;
import dev.sinter.cli.command.InspectCommand;
import dev.sinter.cli.command.OptCommand;
import dev.sinter.cli.command.QuantizeCommand;
import dev.sinter.cli.command.RunCommand;
import dev.sinter.cli.command.SynthesizeCommand;
import dev.sinter.cli.command.TrainCommand;
import dev.sinter.cli.command.TuneCommand;
import dev.sinter.cli.command.VerifyCommand;
import dev.sinter.cli.file.PathText;
import dev.sinter.cli.option.CommonOptions;
import dev.sinter.cli.option.MemoryOptions;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.MemoryLimit;
import dev.sinter.ir.diag.NearestNames;
import dev.sinter.ir.exec.Precision;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/// All commands, and what happens when one fails.
final class CommandTree {
    private static final int WIDEST_HELP = 100;

    private CommandTree() {}

    /// Runs one command and returns the exit code.
    static int execute(Terminal terminal, String... arguments) {
        try {
            return of(terminal).execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError fault) {
            // What picocli hands on; other errors are about to end the process anyway.
            return failed(fault, Arrays.asList(arguments).contains(CommonOptions.STACKTRACE), terminal);
        }
    }

    private static CommandLine of(Terminal terminal) {
        CommandLine tree = new CommandLine(new SinterCommand())
                .addSubcommand(new DevicesCommand(terminal))
                .addSubcommand(new InspectCommand(terminal))
                .addSubcommand(new ExplainCommand(terminal))
                .addSubcommand(new RunCommand(terminal))
                .addSubcommand(new BenchCommand(terminal))
                .addSubcommand(new VerifyCommand(terminal))
                .addSubcommand(new ConformanceCommand(terminal))
                .addSubcommand(new CompileCommand(terminal))
                .addSubcommand(new TuneCommand(terminal))
                .addSubcommand(new TrainCommand(terminal))
                .addSubcommand(new QuantizeCommand(terminal))
                .addSubcommand(new FitCommand(terminal))
                .addSubcommand(new SynthesizeCommand(terminal))
                .addSubcommand(new OptCommand(terminal))
                .addSubcommand(new ConvertCommand(terminal))
                .addSubcommand(new AutoComplete.GenerateCompletion());
        tree.setOut(terminal.pages());
        tree.setErr(terminal.err());
        tree.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.coloured() ? Ansi.ON : Ansi.OFF));
        tree.setUsageHelpWidth(WIDEST_HELP);
        tree.getSubcommands().values().forEach(CommandTree::layOut);
        layOut(tree);
        tree.setCaseInsensitiveEnumValuesAllowed(true);
        tree.registerConverter(Path.class, CommandTree::path);
        tree.registerConverter(Long.class, text -> whole(text, Long::valueOf));
        tree.registerConverter(Integer.class, text -> whole(text, Integer::valueOf));
        tree.registerConverter(long.class, text -> whole(text, Long::valueOf));
        tree.registerConverter(Precision.class, CommandTree::precision);
        tree.setExecutionStrategy(CommandTree::withinMemory);
        tree.setParameterExceptionHandler((fault, arguments) -> wrongUse(fault, arguments, terminal));
        tree.setExecutionExceptionHandler((fault, command, _) ->
                failed(fault, command.getParseResult().hasMatchedOption(CommonOptions.STACKTRACE), terminal));
        return tree;
    }

    private static int withinMemory(ParseResult parsed) {
        Long most =
                parsed.hasSubcommand() ? parsed.subcommand().matchedOptionValue(MemoryOptions.NAME, (Long) null) : null;
        return most == null
                ? new RunLast().execute(parsed)
                : MemoryLimit.within(most, () -> new RunLast().execute(parsed));
    }

    private static Path path(String text) {
        try {
            return PathText.parse(text);
        } catch (CompileException invalid) {
            throw new CommandLine.TypeConversionException(
                    "'" + text + "' " + invalid.fact() + (invalid.hint() == null ? "" : "; " + invalid.hint()));
        }
    }

    private static Precision precision(String text) {
        return Arrays.stream(Precision.values())
                .filter(precision -> precision.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new CommandLine.TypeConversionException(
                        "'" + text + "' is not one of " + Arrays.toString(Precision.values())));
    }

    private static <N> N whole(String text, Function<String, N> parser) {
        try {
            return parser.apply(text);
        } catch (NumberFormatException _) {
            throw new CommandLine.TypeConversionException("'" + text + "' is not a whole number, or too large");
        }
    }

    /// The same form for the help of all commands.
    private static void layOut(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .sortOptions(false)
                .parameterListHeading("%nArguments:%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n");
    }

    private static int wrongUse(CommandLine.ParameterException fault, String[] arguments, Terminal terminal) {
        CommandLine command = fault.getCommandLine();
        if (arguments.length == 0) {
            command.usage(terminal.err());
            return FaultReport.WRONG_USE;
        }
        String name = command.getCommandSpec().qualifiedName();
        Optional<String> unknown = unknownOption(command, arguments);
        String fact = unknown.map(option -> "there is no option " + option).orElseGet(() -> fact(fault));
        List<String> near = unknown.map(option -> NearestNames.of(
                        option, command.getCommandSpec().optionsMap().keySet()))
                .orElseGet(() -> suggestions(fault));
        String hint = near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "? ";
        new FaultReport(
                        Code.OPTION.text() + " " + name + ": " + fact + "\n  hint: " + hint + "'" + name
                                + " --help' lists what there is",
                        FaultReport.WRONG_USE)
                .print(terminal);
        return FaultReport.WRONG_USE;
    }

    /// A mistyped option, which picocli mentions only if nothing else is missing.
    private static Optional<String> unknownOption(CommandLine command, String[] arguments) {
        return Arrays.stream(arguments)
                .filter(argument -> argument.startsWith("--") && argument.length() > 2)
                .map(argument -> argument.split("=", 2)[0])
                .filter(option -> !command.getCommandSpec().optionsMap().containsKey(option))
                .findFirst();
    }

    private static String fact(CommandLine.ParameterException fault) {
        return fault instanceof CommandLine.UnmatchedArgumentException unmatched
                ? "'" + unmatched.getUnmatched().getFirst() + "' is not expected here"
                : String.valueOf(fault.getMessage()).replaceFirst("^Error: ", "");
    }

    private static List<String> suggestions(CommandLine.ParameterException fault) {
        return fault instanceof CommandLine.UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions()
                : List.of();
    }

    private static int failed(Throwable fault, boolean withStackTrace, Terminal terminal) {
        terminal.out().flush();
        FaultReport report = FaultReport.of(fault);
        report.print(terminal);
        if (withStackTrace) {
            fault.printStackTrace(terminal.err());
        }
        return report.exitCode();
    }
}
