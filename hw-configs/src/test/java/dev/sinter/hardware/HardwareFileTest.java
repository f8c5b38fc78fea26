package dev.sinter.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HardwareFileTest {
    private static final String VALID = """
        format: 1
        name: test
        model: a model
        kind: fpga
        match:
          - runtime: opencl
            type: accelerator
            platform: .*
            device: "a|b"
            vendor: c
            vector_width: 4
        compute:
          units: 2
          clock: 1.2 GHz
          flops_per_cycle: 2.5
          vector_lanes: 4
          vector_registers: 16
          subgroup: 1
        memory:
          size: 8 GiB
          bandwidth: 25.6 GB/s
          local: 0 B
          cache: 1.5 KiB
        launch_overhead: 12 us
        fpga:
          logic_cells: 5280
          dsps: 8
          block_ram: 120 Kibit
          toolchain: v++
        """;

    private static CompileException refused(String text) {
        return assertThrows(CompileException.class, () -> parse(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static HardwareConfig parse(byte[] bytes) {
        return HardwareFile.parse(bytes, "test", "test.yaml");
    }

    @Test
    void a_file_gives_a_target() {
        HardwareConfig config = parse(VALID.getBytes(StandardCharsets.UTF_8));
        assertEquals(1.2e9, config.target().clock());
        assertEquals(12e-6, config.target().launchOverhead());
        assertEquals(1536, config.target().cacheBytes());
        assertEquals(6, config.rules().getFirst().specificity());
        assertEquals("v++", config.target().fpga().orElseThrow().toolchain());
    }

    @Test
    void half_precision_is_said_and_otherwise_not_there() {
        assertFalse(parse(VALID.getBytes(StandardCharsets.UTF_8)).target().half());
        for (boolean half : new boolean[] {true, false}) {
            String text = VALID.replace("  subgroup: 1", "  subgroup: 1\n  half: " + half);
            HardwareConfig config = parse(text.getBytes(StandardCharsets.UTF_8));
            assertEquals(half, config.target().half());
            assertEquals(half, config.target(4, 1 << 20).half());
        }
    }

    /// Each row changes one thing in the valid file and says what the message must hold.
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
        format: 1        ; format: 2          ; test.yaml:1:9: found '2' at format but expected a whole number from 1 to 1
        name: test       ; name: other        ; test.yaml:2:7: found name 'other' but the file is named test
        model: a model   ; model:             ; found nothing at model but expected a text
        model: a model   ; modl: a model      ; lacks key model but expected it with a text
        model: a model   ; modl: a model      ; and test.yaml:3:1: found key modl but expected one of format, name, model
        kind: fpga       ; kind: tpu          ; test.yaml:4:7: found 'tpu' at kind but expected one of cpu, gpu, fpga
        kind: fpga       ; kind: gpu          ; found fpga in a file of another kind but expected kind: fpga
        type: accel      ; typ: accel         ; test.yaml:7:5: found key match.typ but expected one of runtime, type
        platform: .*     ; platform: (        ; found '(' at match.platform but expected a regular expression
        platform: .*     ; platform: [a]      ; found a list at match.platform but expected a regular expression
        - runtime: opencl; - opencl           ; test.yaml
        units: 2         ; units: two         ; test.yaml:13:10: found 'two' at compute.units but expected a whole number
        subgroup: 1      ; half: 16           ; found '16' at compute.half but expected one of true, false
        units: 2         ; units: 0           ; found '0' at compute.units but expected a whole number from 1 to 1048576
        units: 2         ; units: 2.5         ; found '2.5' at compute.units
        units: 2         ; units: {}          ; found a mapping at compute.units
        clock: 1.2 GHz   ; clock: 1.2         ; test.yaml:14:10: found '1.2' at compute.clock but expected above 0: a number and a unit, such as 1.2 GHz; units are GHz, Hz, MHz, kHz
        clock: 1.2 GHz   ; clock: 1.2 GB      ; found '1.2 GB' at compute.clock
        clock: 1.2 GHz   ; clock: -1 GHz      ; found '-1 GHz' at compute.clock but expected above 0
        clock: 1.2 GHz   ; clock: 1e9 Hz      ; found '1e9 Hz' at compute.clock
        clock: 1.2 GHz   ; units: 3           ; test.yaml:14:3: found key compute.units twice but expected it once
        flops_per_cycle: 2.5 ; flops_per_cycle: 0 ; but expected a number above 0
        size: 8 GiB      ; size: 1.3 B        ; found '1.3 B' at memory.size
        size: 8 GiB      ; size: 99999999999 TB ; found '99999999999 TB' at memory.size
        local: 0 B       ; local: -1 B        ; found '-1 B' at memory.local but expected at least 0
        dsps: 8          ; dsps: -8           ; found '-8' at fpga.dsps but expected a whole number from 0
        toolchain: v++   ; family: ice30      ; found 'ice30' at fpga.family but expected one of ice40, ecp5, xilinx7
        toolchain: v++   ; toolchain: ise     ; found 'ise' at fpga.toolchain but expected one of aoc, v++, yosys
        units: 2         ; units: 2: 3        ; is not YAML
        units: 2         ; [a]: 2             ; found a list or mapping as a key but expected a word
        compute:         ; memory:            ; found key memory twice but expected it once
        compute:         ; compute: none      ; is not YAML
        """)
    void the_message_says_where_and_what(String from, String to, String expected) {
        CompileException fault = refused(VALID.replace(from, to));
        assertEquals(Code.HARDWARE_FILE, fault.code());
        assertTrue(fault.toString().contains(expected), fault.toString());
    }

    @Test
    void several_faults_are_told_at_once() {
        String message = refused(VALID.replace("units: 2", "units: x").replace("dsps: 8", "dsps: y"))
                .toString();
        assertTrue(message.contains("HW-001 test.yaml:13:10: found 'x'"), message);
        assertTrue(message.contains("and test.yaml:27:9: found 'y'"), message);
    }

    @Test
    void what_is_missing_in_a_missing_section_is_not_told() {
        String message = refused("format: 1").toString();
        assertTrue(message.contains("lacks key compute"), message);
        assertTrue(!message.contains("compute.clock"), message);
    }

    @Test
    void the_example_of_the_documentation_is_a_file_and_its_errors_are_those_told() throws IOException {
        String page = Files.readString(Path.of("../docs/hardware-configs.md"));
        int begin = page.indexOf("format: 1");
        String example = page.substring(begin, page.indexOf("```", begin));
        HardwareFile.parse(example.getBytes(StandardCharsets.UTF_8), "nvidia-h200", "nvidia-h200.yaml");
        String wrong = example.replace("1.98 GHz", "1.2").replace("vector_lanes", "vector_lane");
        var fault = assertThrows(
                CompileException.class,
                () -> HardwareFile.parse(wrong.getBytes(StandardCharsets.UTF_8), "nvidia-h200", "my-gpu.yaml"));
        assertTrue(page.contains(String.valueOf(fault.getMessage())), fault.toString());
    }

    @Test
    void what_is_no_mapping_is_refused() {
        assertTrue(refused("").toString().contains("found nothing"));
        assertTrue(refused("- 1").toString().contains("test.yaml:1:1: found a list but expected keys and values"));
        assertTrue(refused("a: 1\n---\na: 2").toString().contains("is not YAML"));
        assertTrue(refused("[".repeat(100_000)).toString().contains("test.yaml"));
        assertThrows(CompileException.class, () -> parse(new byte[] {'a', ':', ' ', (byte) 0xff}));
    }

    @Test
    void what_is_too_large_for_a_hardware_file_is_not_parsed() {
        String large = VALID + "# comment\n".repeat(800_000);
        assertTrue(refused(large).fact().startsWith("has more than 262144 bytes"));
    }

    @Test
    void an_alias_bomb_is_refused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int level = 1; level < 40; level++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(level, level, level - 1, level - 1));
        }
        assertTrue(
                refused(bomb.toString()).fact().startsWith("is not YAML"),
                refused(bomb.toString()).toString());
    }

    @Test
    void a_message_stays_short_however_much_is_wrong() {
        StringBuilder wrong = new StringBuilder(VALID.replace("kind: fpga", "kind: " + "x".repeat(10_000)));
        for (int key = 0; key < 5_000; key++) {
            wrong.append("unknown").append(key).append(": 1\n");
        }
        String message = refused(wrong.toString()).toString();
        assertTrue(message.length() < 5_000 && message.contains("\n  and 49"), message);
    }

    @Property(tries = 3000)
    void a_damaged_file_gives_a_config_or_a_fault(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(VALID);
        for (int i = random.nextInt(5); i >= 0; i--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + 1 + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(random.nextInt(50) == 0 ? 0x10000 : 128));
                case 1 -> text.delete(at, Math.min(end, text.length() - 1));
                case 2 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
                default -> text.insert(at, "-:[]{}&*!|>'\"%@0 \n#".charAt(random.nextInt(19)));
            }
        }
        try {
            parse(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (CompileException fault) {
            assertEquals(Code.HARDWARE_FILE, fault.code());
            assertTrue(fault.where().startsWith("test.yaml"), fault.where());
        }
    }
}
