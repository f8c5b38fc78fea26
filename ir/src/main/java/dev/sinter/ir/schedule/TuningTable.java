package dev.sinter.ir.schedule;

import dev.sinter.ir.graph.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The schedules that were measured on one device.
///
/// @param sinter the version that measured them; empty where they come with the version that reads them
/// @param kernels one of each form, in the order of the file
public record TuningTable(TunedDevice device, Optional<String> sinter, List<TunedKernel> kernels) {
    public TuningTable {
        kernels = List.copyOf(kernels);
    }

    /// This table with another entry, in the place of one of the same form.
    public TuningTable with(TunedKernel kernel) {
        List<TunedKernel> all = new ArrayList<>(kernels);
        all.removeIf(other -> other.form().equals(kernel.form()));
        all.add(kernel);
        return new TuningTable(device, sinter, all);
    }

    String print() {
        StringBuilder text = new StringBuilder();
        line(text, "", TuningFile.TARGET, Names.word(device.target()));
        device.name().ifPresent(name -> line(text, "  ", TuningFile.DEVICE, Names.quoted(name)));
        device.driver().ifPresent(driver -> line(text, "  ", TuningFile.DRIVER, Names.quoted(driver)));
        device.units().ifPresent(units -> line(text, "  ", TuningFile.UNITS, String.valueOf(units)));
        sinter.ifPresent(version -> line(text, "  ", TuningFile.SINTER, Names.quoted(version)));
        kernels.forEach(kernel -> text.append('\n').append(kernel.print()));
        return text.toString();
    }

    private static void line(StringBuilder text, String indent, String key, String value) {
        text.append(indent).append(key).append(' ').append(value).append('\n');
    }
}
