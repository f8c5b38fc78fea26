package dev.sinter.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.schedule.TunedDevice;
import dev.sinter.ir.schedule.Tuning;
import dev.sinter.ir.schedule.TuningFile;
import dev.sinter.ir.schedule.TuningTable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The measured schedules that come with Sinter: whoever adds a file is held to this.
class BundledTuningTest {
    static List<HardwareConfig> models() {
        return HardwareConfigs.bundled().all();
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_file_is_for_its_model_and_for_any_device_and_version(HardwareConfig model) {
        Optional<TuningFile> file = BundledTuning.file(model.name());
        assertEquals(file.isEmpty(), BundledTuning.of(model.target()).isEmpty());
        if (file.isEmpty()) {
            return;
        }
        for (TuningTable table : file.get().tables()) {
            assertEquals(model.target().name(), table.device().target());
            assertEquals(Optional.empty(), table.device().name(), "a device's name");
            assertEquals(Optional.empty(), table.device().driver(), "a driver");
            assertEquals(Optional.empty(), table.sinter(), "a version");
        }
        Tuning.Chosen chosen = Tuning.of(file.get(), TunedDevice.ofModel(model.target()));
        assertTrue(chosen.ignored().isEmpty(), chosen.ignored()::toString);
    }
}
