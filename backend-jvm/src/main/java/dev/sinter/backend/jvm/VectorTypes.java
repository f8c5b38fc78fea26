package dev.sinter.backend.jvm;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.type.ElementType;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// The classes and methods of the Vector API that printed code uses, by name: the module need not be there.
final class VectorTypes {
    private static final String PACKAGE = "jdk.incubator.vector.";
    static final ClassDesc FLOATS = ClassDesc.of(PACKAGE + "FloatVector");
    static final ClassDesc INTEGERS = ClassDesc.of(PACKAGE + "IntVector");
    static final ClassDesc SPECIES = ClassDesc.of(PACKAGE + "VectorSpecies");
    static final ClassDesc OPERATORS = ClassDesc.of(PACKAGE + "VectorOperators");
    static final ClassDesc CONVERSION = ClassDesc.of(PACKAGE + "VectorOperators$Conversion");
    static final ClassDesc COMPARISON = ClassDesc.of(PACKAGE + "VectorOperators$Comparison");

    private static final ClassDesc ANY = ClassDesc.of(PACKAGE + "Vector");
    static final ClassDesc SHUFFLE = ClassDesc.of(PACKAGE + "VectorShuffle");
    static final ClassDesc MASK = ClassDesc.of(PACKAGE + "VectorMask");
    private static final ClassDesc ARRAY = ConstantDescs.CD_float.arrayType();

    static final MethodTypeDesc BROADCAST = MethodTypeDesc.of(FLOATS, SPECIES, ConstantDescs.CD_float);
    static final MethodTypeDesc FROM_ARRAY = MethodTypeDesc.of(FLOATS, SPECIES, ARRAY, ConstantDescs.CD_int);
    static final MethodTypeDesc INTO_ARRAY = MethodTypeDesc.of(ConstantDescs.CD_void, ARRAY, ConstantDescs.CD_int);
    static final MethodTypeDesc FMA = MethodTypeDesc.of(FLOATS, ANY, ANY);
    static final MethodTypeDesc BINARY = MethodTypeDesc.of(FLOATS, ANY);
    static final MethodTypeDesc REARRANGE = MethodTypeDesc.of(FLOATS, SHUFFLE);
    static final MethodTypeDesc SHUFFLE_OF =
            MethodTypeDesc.of(SHUFFLE, SPECIES, ConstantDescs.CD_int.arrayType(), ConstantDescs.CD_int);
    static final MethodTypeDesc MASK_OF = MethodTypeDesc.of(MASK, SPECIES, ConstantDescs.CD_long);
    static final MethodTypeDesc UNARY = MethodTypeDesc.of(FLOATS);
    static final MethodTypeDesc COMPARE = MethodTypeDesc.of(MASK, COMPARISON, ANY);
    static final MethodTypeDesc COMPARE_NUMBER = MethodTypeDesc.of(MASK, COMPARISON, ConstantDescs.CD_float);
    static final MethodTypeDesc OR = MethodTypeDesc.of(MASK, MASK);
    static final MethodTypeDesc BLEND = MethodTypeDesc.of(FLOATS, ANY, MASK);
    static final MethodTypeDesc GATHER =
            MethodTypeDesc.of(FLOATS, SPECIES, ARRAY, ConstantDescs.CD_int, ConstantDescs.CD_int);
    static final MethodTypeDesc SCATTER = MethodTypeDesc.of(
            ConstantDescs.CD_void,
            FLOATS,
            ARRAY,
            ConstantDescs.CD_int,
            ConstantDescs.CD_int,
            ConstantDescs.CD_int,
            ConstantDescs.CD_int);
    static final MethodTypeDesc BROADCAST_INTEGER = MethodTypeDesc.of(INTEGERS, SPECIES, ConstantDescs.CD_int);
    static final MethodTypeDesc BINARY_OF_INTEGERS = MethodTypeDesc.of(INTEGERS, ANY);
    static final MethodTypeDesc CONVERT = MethodTypeDesc.of(ANY, CONVERSION, ConstantDescs.CD_int);
    static final MethodTypeDesc CONVERT_SHAPE = MethodTypeDesc.of(ANY, CONVERSION, SPECIES, ConstantDescs.CD_int);
    static final MethodTypeDesc OWN_UNARY = MethodTypeDesc.of(FLOATS, FLOATS);
    static final MethodTypeDesc OWN_BINARY = MethodTypeDesc.of(FLOATS, FLOATS, FLOATS);

    private VectorTypes() {}

    /// The vectors of an integer type of up to 32 bits.
    static ClassDesc integers(ElementType element) {
        return switch (element.bytes()) {
            case 1 -> ClassDesc.of(PACKAGE + "ByteVector");
            case 2 -> ClassDesc.of(PACKAGE + "ShortVector");
            default -> INTEGERS;
        };
    }

    static MethodTypeDesc fromArray(ElementType element, ClassDesc array) {
        return MethodTypeDesc.of(integers(element), SPECIES, array, ConstantDescs.CD_int);
    }

    /// The conversion of a shorter integer type to 32 bits.
    static String widening(ElementType element) {
        return switch (element) {
            case INT8 -> "B2I";
            case UINT8 -> "ZERO_EXTEND_B2I";
            case INT16 -> "S2I";
            case UINT16 -> "ZERO_EXTEND_S2I";
            case INT32, UINT32, INT64, UINT64, BOOL, FLOAT16, FLOAT32, FLOAT64 ->
                throw new CompilerFault(element + " is not widened to 32 bits");
        };
    }

    /// The constant of the Vector API that has this many float lanes.
    static String species(int lanes) {
        return "SPECIES_" + lanes * Float.SIZE;
    }
}
