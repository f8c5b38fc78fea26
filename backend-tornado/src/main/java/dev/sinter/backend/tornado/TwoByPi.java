package dev.sinter.backend.tornado;

/// The digits of 2/π, as many as it takes to reduce the largest numbers. As with [DeviceFunctions], printed classes
/// have copies of what they use, which may hold no arrays.
final class TwoByPi {
    private static final int DIGIT_BITS = 24;
    private static final long DIGIT = 0xffffff;

    private TwoByPi() {}

    /// Digit `place` to the base 2^24 after the point; zero before it.
    static long digit(int place) {
        long bits = 0;
        int pair = place < 0 ? -1 : place / 2;
        if (pair == 0) {
            bits = 0xa2f983_6e4e44L;
        } else if (pair == 1) {
            bits = 0x1529fc_2757d1L;
        } else if (pair == 2) {
            bits = 0xf534dd_c0db62L;
        } else if (pair == 3) {
            bits = 0x95993c_439041L;
        } else if (pair == 4) {
            bits = 0xfe5163_abdebbL;
        } else if (pair == 5) {
            bits = 0xc561b7_246e3aL;
        } else if (pair == 6) {
            bits = 0x424dd2_e00649L;
        } else if (pair == 7) {
            bits = 0x2eea09_d1921cL;
        } else if (pair == 8) {
            bits = 0xfe1deb_1cb129L;
        } else if (pair == 9) {
            bits = 0xa73ee8_8235f5L;
        } else if (pair == 10) {
            bits = 0x2ebb44_84e99cL;
        } else if (pair == 11) {
            bits = 0x7026b4_5f7e41L;
        } else if (pair == 12) {
            bits = 0x3991d6_398353L;
        } else if (pair == 13) {
            bits = 0x39f49c_845f8bL;
        } else if (pair == 14) {
            bits = 0xbdf928_3b1ff8L;
        } else if (pair == 15) {
            bits = 0x97ffde_05980fL;
        } else if (pair == 16) {
            bits = 0xef2f11_8b5a0aL;
        } else if (pair == 17) {
            bits = 0x6d1f6d_367ecfL;
        } else if (pair == 18) {
            bits = 0x27cb09_b74f46L;
        } else if (pair == 19) {
            bits = 0x3f669e_5fea2dL;
        } else if (pair == 20) {
            bits = 0x7527ba_c7ebe5L;
        } else if (pair == 21) {
            bits = 0xf17b3d_0739f7L;
        } else if (pair == 22) {
            bits = 0x8a5292_ea6bfbL;
        } else if (pair == 23) {
            bits = 0x5fb11f_8d5d08L;
        } else if (pair == 24) {
            bits = 0x560330_46fc7bL;
        } else if (pair == 25) {
            bits = 0x6babf0_cfbc20L;
        } else if (pair == 26) {
            bits = 0x9af436_1da9e3L;
        }
        return place % 2 == 0 ? bits >> DIGIT_BITS : bits & DIGIT;
    }
}
