package dev.sinter.ir.schedule;

import dev.sinter.ir.diag.CompileException;
import java.util.List;

/// Schedules of a network's steps as one text, which can be printed, changed and given back.
///
/// ```
/// sinter.schedule 1
///
/// step pool1
///   conv: registers at max_pool 3; ic 3 serial, kh 3 serial, kw 3 serial
///   relu: inline
///   max_pool: buffer; c 8 global 2, h 6 global 1, w 6 global 0, kh 2 unroll, kw 2 unroll
/// ```
///
/// @param name what messages call it
/// @param steps those that have schedules here; the others keep what their policy says
public record ScheduleFile(String name, List<WrittenStep> steps) {
    static final String FORMAT = "sinter.schedule";
    static final String VERSION = "1";

    public static final ScheduleFile NONE = new ScheduleFile("no file", List.of());

    public ScheduleFile {
        steps = List.copyOf(steps);
    }

    /// A group and what is to be done with it.
    public record Entry(Group group, Schedule schedule) {}

    /// @param name what messages call the text
    /// @throws CompileException if it cannot be read, or a step is there twice; it names line and column
    public static ScheduleFile parse(String text, String name) {
        return new ScheduleFile(name, new ScheduleParser(text, name).file());
    }

    /// The text for all steps of a network, in order. Those without a plan for any stage, as they have no elements, are
    /// left out.
    ///
    /// @param remarks lines of comments
    public static String print(List<String> remarks, List<Entry> steps) {
        Handles<Group> names = new Handles<>(steps.stream().map(Entry::group).toList(), Group::name);
        StringBuilder text = new StringBuilder(FORMAT + " " + VERSION + "\n");
        if (!remarks.isEmpty()) {
            text.append('\n');
        }
        remarks.forEach(remark ->
                text.append("# ").append(remark.replaceAll("\\R", " ")).append('\n'));
        for (Entry step : steps) {
            if (!step.schedule().plans().isEmpty()) {
                text.append('\n').append(ScheduleParser.STEP).append(' ').append(names.text(step.group()));
                text.append('\n')
                        .append(ScheduleText.print(step.group(), step.schedule())
                                .indent(2));
            }
        }
        return text.toString();
    }
}
