package dev.sinter.backend.fpga;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is counted of cells, and what is said where there are too few.
class CellsTest {
    @Test
    void each_line_that_names_a_cell_is_counted() {
        Resources counted = CellCounts.count("""
            === sinter_network ===

               Number of wires:                612
               Number of cells:                918
                 CCU2C                          71
                 DP16KD                          2
                 LUT4                          399
                 MULT18X18D                      3
                 PFUMX                         124
                 TRELLIS_DPR16X4                27
                 TRELLIS_FF                    250
            """);
        assertEquals(new Resources(399 + 2 * 71 + 4 * 27, 250, 3, 2, 0), counted);
    }

    @Test
    void blocks_of_several_families_are_counted() {
        assertEquals(new Resources(10, 5, 1, 5, 4), CellCounts.count("""
                 FDRE                            3
                 FDSE                            2
                 LUT6                            6
                 RAM32M                          1
                 RAMB18E1                        1
                 RAMB36E1                        2
                 DSP48E1                         1
                 SB_SPRAM256KA                   4
            """));
    }

    /// As yosys says of the same memories.
    @Test
    void a_memory_is_in_blocks_where_that_is_cheaper() {
        MemoryModel ice40 = CellModels.ICE40.memories();
        MemoryModel ecp5 = CellModels.ECP5.memories();
        assertEquals(0, ice40.blocks(new Parts.Memory(108, 8, false, true, false)));
        assertEquals(1, ice40.blocks(new Parts.Memory(54, 8, true, true, false)));
        assertEquals(0, ice40.blocks(new Parts.Memory(54, 8, true, false, false)));
        assertEquals(0, ecp5.blocks(new Parts.Memory(144, 8, true, true, false)));
        assertEquals(1, ecp5.blocks(new Parts.Memory(240, 8, true, true, false)));
        assertEquals(0, ecp5.blocks(new Parts.Memory(256, 8, false, true, false)));
    }

    @Test
    void what_is_lacking_is_told_with_both_numbers() {
        List<Use> uses = List.of(new Use("logic cells", 4000, 5280), new Use("multipliers", 11, 8));
        CompileException fault = assertThrows(CompileException.class, () -> Synthesis.requireRoom(uses, "a chip"));
        assertEquals(Code.FPGA_FIT, fault.code());
        assertTrue(fault.toString().contains("11 of 8 multipliers"), fault::toString);
        assertTrue(fault.toString().contains("--pace"), fault::toString);
        assertDoesNotThrow(() -> Synthesis.requireRoom(uses.subList(0, 1), "a chip"));
    }
}
