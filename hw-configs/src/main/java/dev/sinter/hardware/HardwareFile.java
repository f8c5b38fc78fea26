package dev.sinter.hardware;

import dev.sinter.ir.schedule.Target;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// The schema of a hardware file.
final class HardwareFile {
    private static final long FORMAT = 1;
    private static final String YES = "true";
    private static final List<String> TRUTH = List.of(YES, "false");
    private static final List<String> TOOLCHAINS = List.of("aoc", "v++", "yosys");

    /// A hundred times what a hardware file has. The YAML parser's time and memory grow with what it is given.
    static final int MOST_BYTES = 1 << 18;

    /// Hardware files repeat nothing that would be worth an alias.
    private static final int MOST_ALIASES = 16;

    private static final int MOST_LANES = 1024;
    private static final int MOST_UNITS = 1 << 20;

    private final String name;
    private final String origin;
    private final Faults faults;

    private HardwareFile(String name, String origin) {
        this.name = name;
        this.origin = origin;
        faults = new Faults(origin);
    }

    /// @param name the file's name without its ending
    /// @param origin what messages call the file
    /// @throws dev.sinter.ir.diag.CompileException if anything is wrong; it names line and column of all of it
    static HardwareConfig parse(byte[] bytes, String name, String origin) {
        HardwareFile file = new HardwareFile(name, origin);
        if (bytes.length > MOST_BYTES) {
            file.faults.add(
                    Optional.empty(),
                    "has more than " + MOST_BYTES + " bytes, which is the most that a hardware file may have",
                    null);
            file.faults.throwIfAny();
        }
        Optional<Node> root = file.compose(bytes);
        file.faults.throwIfAny();
        if (root.isEmpty()) {
            file.faults.add(Optional.empty(), "found nothing but expected keys and values", null);
        }
        file.faults.throwIfAny();
        HardwareConfig config = file.config(Section.of("", root.orElseThrow(), file.faults));
        file.faults.throwIfAny();
        return config;
    }

    private Optional<Node> compose(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            // Nodes know their line and column; the objects that the reader makes of them do not.
            LoadSettings settings = LoadSettings.builder()
                    .setAllowNonScalarKeys(true)
                    .setMaxAliasesForCollections(MOST_ALIASES)
                    .setCodePointLimit(MOST_BYTES)
                    .build();
            return new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text))).getSingleNode();
        } catch (CharacterCodingException _) {
            faults.add(Optional.empty(), "found bytes that are not UTF-8 but expected text", null);
        } catch (MarkedYamlEngineException fault) {
            faults.add(fault.getProblemMark(), "is not YAML: " + fault.getProblem(), null);
        } catch (YamlEngineException fault) {
            faults.add(Optional.empty(), "is not YAML: " + fault.getMessage(), null);
        } catch (StackOverflowError _) {
            // The YAML parser recurses; nothing but a list in a list in a list… gets it here.
            faults.add(Optional.empty(), "nests too deep for a hardware file", null);
        }
        return Optional.empty();
    }

    private HardwareConfig config(Section file) {
        file.whole("format", FORMAT, FORMAT);
        String claimed = file.text("name");
        if (file.has("name") && !claimed.equals(name)) {
            file.fault("name", "found name '" + claimed + "' but the file is named " + name);
        }
        String model = file.text("model");
        Target.Kind kind = file.word("kind", Target.Kind.class);
        List<MatchRule> rules =
                file.sections("match").stream().map(HardwareFile::rule).toList();
        Section compute = file.section("compute");
        Section memory = file.section("memory");
        Optional<Target.Fpga> fpga = fpga(file, kind);
        Target target = new Target(
                model,
                kind,
                (int) compute.whole("vector_lanes", 1, MOST_LANES),
                (int) compute.whole("vector_registers", 1, MOST_LANES),
                (int) compute.whole("subgroup", 1, MOST_LANES),
                (int) compute.whole("units", 1, MOST_UNITS),
                compute.quantity("clock", Unit.HERTZ),
                compute.number("flops_per_cycle"),
                memory.size("size", Unit.BYTES, 1),
                memory.quantity("bandwidth", Unit.BYTES_PER_SECOND),
                memory.size("local", Unit.BYTES, 0),
                memory.size("cache", Unit.BYTES, 0),
                file.quantity("launch_overhead", Unit.SECONDS),
                fpga,
                Target.Limits.COMMON,
                compute.optional("half", key -> compute.choice(key, TRUTH))
                        .filter(YES::equals)
                        .isPresent());
        compute.finish();
        memory.finish();
        file.finish();
        return new HardwareConfig(name, rules, target, origin);
    }

    private Optional<Target.Fpga> fpga(Section file, Target.Kind kind) {
        if (kind != Target.Kind.FPGA) {
            if (file.has("fpga")) {
                file.fault("fpga", "found fpga in a file of another kind but expected kind: fpga");
            }
            return Optional.empty();
        }
        Section fpga = file.section("fpga");
        Target.Fpga resources = new Target.Fpga(
                fpga.whole("logic_cells", 1, Long.MAX_VALUE),
                fpga.whole("dsps", 0, Long.MAX_VALUE),
                fpga.size("block_ram", Unit.BITS, 0),
                fpga.optional("large_ram", key -> fpga.size(key, Unit.BITS, 0)).orElse(0L),
                fpga.choice("toolchain", TOOLCHAINS),
                fpga.optional("family", key -> fpga.word(key, Target.Fpga.Family.class)));
        fpga.finish();
        return Optional.of(resources);
    }

    private static MatchRule rule(Section rule) {
        MatchRule read = new MatchRule(
                rule.optional("runtime", key -> rule.word(key, DeviceDescription.DeviceRuntime.class)),
                rule.optional("type", key -> rule.word(key, DeviceDescription.DeviceType.class)),
                rule.optional("platform", rule::pattern),
                rule.optional("device", rule::pattern),
                rule.optional("vendor", rule::pattern),
                rule.has("vector_width")
                        ? OptionalInt.of((int) rule.whole("vector_width", 1, MOST_LANES))
                        : OptionalInt.empty());
        rule.finish();
        return read;
    }
}
