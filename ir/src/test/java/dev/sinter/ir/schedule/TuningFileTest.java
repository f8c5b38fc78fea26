package dev.sinter.ir.schedule;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Place;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuningFileTest {
    private static final String TEXT = """
        sinter.tuning 1

        target "some cpu"
          device "Cpu \\"A\\""
          driver "3.1"
          units 2
          sinter "0.1.0"

        kernel 0123456789abcdef
          # relu[4]: 3.000 us, was 4.000 us, as y of small
          relu: buffer; i0 4 global 0

        kernel fedcba9876543210
          load(x0): local at kernel 1; i0 4 local 0
          kernel: buffer; i0 2:2 global 0, i0 2 unroll

        target gpu

        kernel 0123456789abcdef
          relu: buffer; i0 4 global 1
        """;

    private static final TunedDevice CPU =
            new TunedDevice("some cpu", Optional.of("Cpu \"A\""), Optional.of("3.1"), OptionalInt.of(2));

    private static TuningFile parsed() {
        return TuningFile.parse(TEXT, "t.txt");
    }

    @Test
    void what_is_printed_is_read_again() {
        assertEquals(TEXT, parsed().print());
        assertEquals(TEXT, TuningFile.parse(parsed().print(), "again").print());
    }

    @Test
    void blanks_comments_and_line_ends_do_not_matter() {
        String other = TEXT.replace("\n", "  \r\n")
                .replace("target gpu", "\ttarget   gpu # this one")
                .replaceFirst("target", "# what was measured\r\ntarget")
                .replace("\n  ", "\n\t");
        assertEquals(TEXT, TuningFile.parse(other, "t.txt").print());
    }

    @Test
    void an_entry_knows_its_place_and_keeps_its_remark() {
        TuningTable table = parsed().tables().getFirst();
        TunedKernel first = table.kernels().getFirst();
        assertAll(
                () -> assertEquals(CPU, table.device()),
                () -> assertEquals(Optional.of("0.1.0"), table.sinter()),
                () -> assertEquals("0123456789abcdef", first.form()),
                () -> assertEquals(new Place("t.txt", 9, 8), first.place()),
                () -> assertTrue(first.text().contains("was 4.000 us"), first::text),
                () -> assertEquals(
                        new Place("t.txt", 11, 3),
                        first.written().lines().getFirst().stage().place()));
    }

    @Test
    void a_table_takes_the_place_of_that_for_the_same_device() {
        TuningFile file = parsed();
        TunedKernel other = TunedKernel.of("0123456789abcdef", "a\nremark", "relu: buffer; i0 2:2 global 0");
        String text = file.with(file.tables().getFirst().with(other)).print();
        assertEquals(2, TuningFile.parse(text, "t.txt").tables().size());
        assertTrue(text.endsWith("kernel 0123456789abcdef\n  # a remark\n  relu: buffer; i0 2:2 global 0\n"), text);
        assertEquals(1, text.split("i0 4 global 0", -1).length, text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        sinter.tuning 1      | sinter.tuning 2   | TEXT-002 | t.txt:1:15: the text has format version 2 but version 1 is expected
        sinter.tuning 1      | sinter.schedule 1 | TEXT-001 | t.txt:1:1: found 'sinter.schedule' but expected the first line 'sinter.tuning 1'
        target "some cpu"    | units 3           | TEXT-001 | t.txt:3:1: found 'units' but expected 'target' and the name
        units 2              | units none        | TEXT-001 | t.txt:6:9: found 'none' but expected a whole number
        units 2              | units 0           | TEXT-001 | t.txt:6:9: found '0' but expected a whole number
        units 2              | units             | TEXT-001 | t.txt:6:8: found the end of the text but expected what 'units' is
        units 2              | units 2 3         | TEXT-001 | t.txt:6:11: found '3' but expected the end of the line
        units 2              | driver two        | SCHED-003 | t.txt:6:3: has driver but line 5 has it already
        units 2              | colour red        | TEXT-001 | t.txt:6:3: found 'colour' but expected device, driver, units, sinter, kernel or target
        kernel fedcba9876543210 | kernel 0123456789abcdef | SCHED-003 | t.txt:13:8: has kernel 0123456789abcdef but line 9 has it already
        kernel fedcba9876543210 | kernel fedcba | TEXT-001 | t.txt:13:8: found 'fedcba' but expected the name of a form
        kernel fedcba9876543210 | units 3       | TEXT-001 | t.txt:13:1: found 'units' but expected the line of a stage, kernel or target
        relu: buffer; i0 4 global 0 | relu: bufer; i0 4 global 0 | TEXT-001 | t.txt:11:9: found 'bufer' but expected inline
        relu: buffer; i0 4 global 0 | # relu    | TEXT-001 | t.txt:9:8: kernel 0123456789abcdef has no line for any stage
        driver "3.1"         | driver "3.1       | TEXT-001 | t.txt:5
        """)
    void what_is_wrong_is_told_with_its_place(String right, String wrong, String code, String message) {
        String text = TEXT.replaceFirst(Pattern.quote(right), wrong);
        CompileException fault = assertThrows(CompileException.class, () -> TuningFile.parse(text, "t.txt"));
        assertTrue(String.valueOf(fault.getMessage()).startsWith(code + " " + message), fault::getMessage);
    }

    /// Letters are left out, doubled and replaced: the text is read, or refused with a place in it.
    @Test
    void whatever_is_damaged_is_read_or_refused() {
        Random random = new Random(7);
        int refused = 0;
        for (int round = 0; round < 3000; round++) {
            StringBuilder text = new StringBuilder(TEXT);
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, TEXT.charAt(random.nextInt(TEXT.length())));
                    default -> text.setCharAt(at, TEXT.charAt(random.nextInt(TEXT.length())));
                }
            }
            try {
                TuningFile file = TuningFile.parse(text.toString(), "t.txt");
                assertEquals(
                        file.print(), TuningFile.parse(file.print(), "again").print());
            } catch (CompileException fault) {
                refused++;
                assertTrue(fault.where().startsWith("t.txt:"), fault::getMessage);
            }
        }
        assertTrue(refused > 1000, "refused " + refused);
    }

    @Test
    void a_second_table_for_a_device_is_refused() {
        String text = TEXT + "\ntarget gpu\n";
        CompileException fault = assertThrows(CompileException.class, () -> TuningFile.parse(text, "t.txt"));
        assertTrue(
                String.valueOf(fault.getMessage())
                        .startsWith("SCHED-003 t.txt:22:8: there is a second table for the same gpu"),
                fault::getMessage);
        assertThrows(CompileException.class, () -> TuningFile.parse("", "t.txt"));
    }

    @Test
    void a_table_is_for_devices_that_differ_in_nothing_that_it_names() {
        TuningFile file = parsed();
        Tuning.Chosen chosen = Tuning.of(file, CPU, "0.1.0");
        assertAll(
                () -> assertEquals(1, chosen.tuning().find("fedcba9876543210").size()),
                () -> assertEquals(
                        List.of("t.txt has a table for gpu that is ignored:"
                                + " it is for target gpu, not for some cpu"),
                        chosen.ignored()),
                () -> assertTrue(Tuning.of(
                                file, new TunedDevice("some cpu", Optional.of("B"), CPU.driver(), CPU.units()), "0.1.0")
                        .ignored()
                        .getFirst()
                        .endsWith("it is for device Cpu \"A\", not for B")),
                () -> assertTrue(Tuning.of(
                                file,
                                new TunedDevice("some cpu", CPU.name(), CPU.driver(), OptionalInt.of(64)),
                                "0.1.0")
                        .ignored()
                        .getFirst()
                        .endsWith("it is for compute units 2, not for 64")),
                () -> assertTrue(Tuning.of(file, CPU, "0.2.0")
                        .ignored()
                        .getFirst()
                        .endsWith("it was measured by Sinter 0.1.0, and this is 0.2.0")),
                () -> assertTrue(Tuning.of(file, CPU, "0.2.0").tuning().isEmpty()),
                () -> assertEquals(
                        1,
                        Tuning.of(
                                        file,
                                        new TunedDevice(
                                                "some cpu", Optional.empty(), Optional.empty(), OptionalInt.empty()),
                                        "0.1.0")
                                .tuning()
                                .find("0123456789abcdef")
                                .size()));
    }

    @Test
    void what_was_given_goes_before_what_comes_with_the_device() {
        Tuning cpu = Tuning.of(parsed(), CPU, "0.1.0").tuning();
        Tuning gpu = Tuning.of(parsed().tables().getLast().kernels());
        assertEquals(
                List.of(9, 19),
                cpu.then(gpu).find("0123456789abcdef").stream()
                        .map(kernel -> kernel.place().line())
                        .toList());
    }
}
