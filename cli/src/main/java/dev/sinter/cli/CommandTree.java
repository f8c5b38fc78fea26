package dev.sinter.cli;

import dev.sinter.cli.command.CompileCommand;
import dev.sinter.cli.command.DevicesCommand;
import dev.sinter.cli.command.InspectCommand;
import dev.sinter.cli.command.OptCommand;
import dev.sinter.cli.command.RunCommand;
import dev.sinter.cli.command.VerifyCommand;
import dev.sinter.cli.option.CommonOptions;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.ir.diag.Code;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// All commands, and what happens when one fails.
final class CommandTree {
    private static final int WIDEST_HELP = 100;

    private CommandTree() {}

    static CommandLine of(Terminal terminal) {
        CommandLine tree = new CommandLine(new SinterCommand())
                .addSubcommand(new DevicesCommand(terminal))
                .addSubcommand(new InspectCommand(terminal))
                .addSubcommand(new RunCommand(terminal))
                .addSubcommand(new VerifyCommand(terminal))
                .addSubcommand(new CompileCommand(terminal))
                .addSubcommand(new OptCommand(terminal))
                .addSubcommand(new AutoComplete.GenerateCompletion());
        tree.setOut(terminal.out());
        tree.setErr(terminal.err());
        tree.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.coloured() ? Ansi.ON : Ansi.OFF));
        tree.setUsageHelpWidth(WIDEST_HELP);
        tree.setCaseInsensitiveEnumValuesAllowed(true);
        tree.setParameterExceptionHandler((fault, _) -> wrongUse(fault, terminal));
        tree.setExecutionExceptionHandler((fault, commandLine, _) -> failed(fault, commandLine, terminal));
        return tree;
    }

    private static int wrongUse(CommandLine.ParameterException fault, Terminal terminal) {
        String command = fault.getCommandLine().getCommandSpec().qualifiedName();
        List<String> near = suggestions(fault);
        String hint = near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "? ";
        new FaultReport(
                        Code.OPTION.text() + " " + command + ": " + fault.getMessage() + "\n  hint: " + hint + "'"
                                + command + " --help' lists what there is",
                        FaultReport.WRONG_USE)
                .print(terminal);
        return FaultReport.WRONG_USE;
    }

    private static List<String> suggestions(CommandLine.ParameterException fault) {
        return fault instanceof CommandLine.UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions()
                : List.of();
    }

    private static int failed(Throwable fault, CommandLine commandLine, Terminal terminal) {
        terminal.out().flush();
        FaultReport report = FaultReport.of(fault);
        report.print(terminal);
        if (commandLine.getParseResult().hasMatchedOption(CommonOptions.STACKTRACE)) {
            fault.printStackTrace(terminal.err());
        }
        return report.exitCode();
    }
}
