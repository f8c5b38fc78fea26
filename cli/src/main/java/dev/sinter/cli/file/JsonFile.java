package dev.sinter.cli.file;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.file.OutputFile;

/// Records as JSON: components in their order, those that are null left out. What is no number is `null`, as JSON has
/// neither NaN nor infinities.
public final class JsonFile {
    private JsonFile() {}

    /// Indented, as people may read it.
    public static String text(Object value) {
        try {
            return Lazy.WRITER.writeValueAsString(value) + "\n";
        } catch (JsonProcessingException fault) {
            throw new CompilerFault("cannot write " + value.getClass().getSimpleName() + " as JSON", fault);
        }
    }

    public static void write(OutputFile file, Object value) {
        write(file, value, Lazy.WRITER);
    }

    /// In one line, for programs.
    public static void writeCompact(OutputFile file, Object value) {
        write(file, value, Lazy.MAPPER.writer());
    }

    private static void write(OutputFile file, Object value, ObjectWriter writer) {
        file.write(out -> {
            writer.without(JsonGenerator.Feature.AUTO_CLOSE_TARGET).writeValue(out, value);
            out.write('\n');
        });
    }

    /// Not before something is written: it takes longer than a command's help.
    private static final class Lazy {
        private static final ObjectMapper MAPPER = new ObjectMapper()
                .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
                .registerModule(JsonNumbers.module());

        private static final ObjectWriter WRITER =
                MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
    }
}
