package dev.sinter.backend.fpga;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A design as files: one of Verilog for each kernel, one for what holds them together, a small library, and the
/// content of memories.
public final class DesignFiles {
    /// The file with the bytes that a board is sent first.
    public static final String LOAD = "load.bin";

    private static final String LIBRARY = "library.v";
    private static final String SERIAL = "serial.v";

    private DesignFiles() {}

    /// The text of each file, by its name.
    public static Map<String, String> of(Design design) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(LIBRARY, resource(LIBRARY));
        for (KernelModule module : design.modules()) {
            files.put(module.name() + ".v", module.verilog());
            module.contents().forEach(contents -> files.put(contents.file(), contents.words()));
        }
        TopPrinter.Top top = TopPrinter.print(design);
        files.put(design.name() + ".v", top.verilog());
        files.putAll(top.tables());
        return files;
    }

    /// The same with what stands around it on a board, and talks to a host.
    ///
    /// @param cyclesPerBit of the serial line
    static Map<String, String> onBoard(Design design, int cyclesPerBit) {
        Map<String, String> files = of(design);
        files.put(SERIAL, resource(SERIAL));
        files.put(BoardPrinter.NAME + ".v", BoardPrinter.print(design, cyclesPerBit));
        return files;
    }

    /// Writes files into a folder.
    static void write(Path folder, Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    /// Those that are Verilog.
    static List<String> sources(Collection<String> files) {
        return files.stream().filter(file -> file.endsWith(".v")).toList();
    }

    private static String resource(String name) {
        try (InputStream in = DesignFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not where it should be");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
