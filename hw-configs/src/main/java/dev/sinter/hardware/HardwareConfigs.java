package dev.sinter.hardware;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.NearestNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The device models that are known, in an order in which the first of two equally specific ones is taken.
public record HardwareConfigs(List<HardwareConfig> all) {
    private static final List<String> BUNDLED = List.of(
            "pocl-avx512",
            "pocl-avx2",
            "jvm-avx512",
            "jvm-avx2",
            "jvm-128bit",
            "jvm-scalar",
            "nvidia-h200",
            "generic-opencl-gpu",
            "intel-arria10-gx1150",
            "intel-stratixv-gxa7",
            "xilinx-vu9p",
            "lattice-ice40up5k",
            "lattice-ice40hx8k",
            "lattice-ecp5-25f",
            "lattice-ecp5-45f",
            "lattice-ecp5-85f",
            "xilinx-artix7-35t",
            "xilinx-zynq-7020",
            "xilinx-artix7-100t",
            "xilinx-artix7-200t");

    private static final String ENDING = ".yaml";

    public HardwareConfigs {
        all = List.copyOf(all);
    }

    /// The models that come with Sinter.
    public static HardwareConfigs bundled() {
        return new HardwareConfigs(
                BUNDLED.stream().map(HardwareConfigs::bundled).toList());
    }

    private static HardwareConfig bundled(String name) {
        try (InputStream file = HardwareConfigs.class.getResourceAsStream(name + ENDING)) {
            if (file == null) {
                throw new IllegalStateException("hardware file " + name + ENDING + " is not in the module");
            }
            return HardwareFile.parse(file.readAllBytes(), name, name + ENDING);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /// The models in a file, or in all `.yaml` files of a folder, in alphabetical order.
    ///
    /// @throws CompileException if there is nothing to read, or a file is wrong
    public static HardwareConfigs read(Path path) {
        if (!Files.isDirectory(path)) {
            return new HardwareConfigs(List.of(readFile(path)));
        }
        try (Stream<Path> files = Files.list(path)) {
            return new HardwareConfigs(files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .map(HardwareConfigs::readFile)
                    .toList());
        } catch (IOException | UncheckedIOException fault) {
            throw new CompileException(
                    Code.FILE_READ, path.toString(), "the folder cannot be read: " + fault.getMessage(), null, fault);
        }
    }

    private static HardwareConfig readFile(Path path) {
        String fileName = String.valueOf(path.getFileName());
        if (!fileName.endsWith(ENDING)) {
            throw new CompileException(
                    Code.HARDWARE_FILE, path.toString(), "a hardware file's name ends in " + ENDING, null);
        }
        try (InputStream file = Files.newInputStream(path)) {
            String name = fileName.substring(0, fileName.length() - ENDING.length());
            // One more than it may have tells that there are too many.
            byte[] bytes = file.readNBytes(HardwareFile.MOST_BYTES + 1);
            return HardwareFile.parse(bytes, name, path.toString());
        } catch (NoSuchFileException fault) {
            throw new CompileException(Code.FILE_MISSING, path.toString(), "there is no such file", null, fault);
        } catch (IOException fault) {
            throw new CompileException(
                    Code.FILE_READ, path.toString(), "the file cannot be read: " + fault.getMessage(), null, fault);
        }
    }

    /// These models and others, which replace those of the same name and are asked first.
    public HardwareConfigs with(HardwareConfigs others) {
        Map<String, HardwareConfig> byName = new LinkedHashMap<>();
        others.all.forEach(config -> byName.put(config.name(), config));
        all.forEach(config -> byName.putIfAbsent(config.name(), config));
        return new HardwareConfigs(new ArrayList<>(byName.values()));
    }

    /// The model whose rule for the device has the most conditions.
    public Optional<HardwareConfig> match(DeviceDescription description) {
        HardwareConfig best = null;
        int most = -1;
        for (HardwareConfig config : all) {
            Optional<MatchRule> rule = config.rule(description);
            if (rule.isPresent() && rule.get().specificity() > most) {
                best = config;
                most = rule.get().specificity();
            }
        }
        return Optional.ofNullable(best);
    }

    /// The model of that name.
    ///
    /// @throws CompileException if there is none; it lists those there are
    public HardwareConfig named(String name) {
        List<String> names = all.stream().map(HardwareConfig::name).toList();
        return all.stream()
                .filter(config -> config.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CompileException(
                        Code.DEVICE_UNKNOWN,
                        "hardware",
                        "found device model '" + name + "' but expected one of " + String.join(", ", names),
                        NearestNames.hint(name, names).orElse(null)));
    }
}
