package dev.sinter.backend.jvm;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// The classes and methods of the Vector API that printed code uses, by name: the module need not be there.
final class VectorTypes {
    private static final String PACKAGE = "jdk.incubator.vector.";
    static final ClassDesc FLOATS = ClassDesc.of(PACKAGE + "FloatVector");
    static final ClassDesc SPECIES = ClassDesc.of(PACKAGE + "VectorSpecies");
    static final ClassDesc OPERATORS = ClassDesc.of(PACKAGE + "VectorOperators");
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
    static final MethodTypeDesc OWN_UNARY = MethodTypeDesc.of(FLOATS, FLOATS);
    static final MethodTypeDesc OWN_BINARY = MethodTypeDesc.of(FLOATS, FLOATS, FLOATS);

    private VectorTypes() {}

    /// The constant of the Vector API that has this many float lanes.
    static String species(int lanes) {
        return "SPECIES_" + lanes * Float.SIZE;
    }
}
