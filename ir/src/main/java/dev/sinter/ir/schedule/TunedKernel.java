package dev.sinter.ir.schedule;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Place;
import java.util.stream.Collectors;

/// The schedule that was measured to be the fastest for one group, wherever the group is met.
///
/// @param form the name of what the group computes from what: see [dev.sinter.ir.plan.KernelForm]
/// @param text the lines of schedule text, with remarks among them
/// @param written what the text says
public record TunedKernel(String form, String text, WrittenStep written) {
    /// @param remark told to people in a comment
    /// @param schedule as [ScheduleText] prints it, with [TensorNames#numbered(Group)]
    public static TunedKernel of(String form, String remark, String schedule) {
        return parse(form, "# " + remark.replaceAll("\\R", " ") + "\n" + schedule, new Place("tuner", 1, 1), 2);
    }

    /// @param firstLine the number of the text's first line in its file
    /// @throws CompileException if the text cannot be read
    static TunedKernel parse(String form, String text, Place place, int firstLine) {
        return new TunedKernel(form, text, new ScheduleParser(text, place.text(), firstLine).step(form, place));
    }

    /// Where it stands.
    public Place place() {
        return written.name().place();
    }

    /// The entry of a file, from its first line on.
    String print() {
        String lines = text.strip()
                .lines()
                .map(line -> line.isBlank() ? "" : "  " + line.strip())
                .collect(Collectors.joining("\n"));
        return TuningFile.KERNEL + " " + form + "\n" + lines + "\n";
    }
}
