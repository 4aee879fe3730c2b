"""What Little CMS reads from the ICC profile in a DICOM file, and what becomes of colours through it into its own sRGB."""
import ctypes, ctypes.util, json, sys

import pydicom

lcms = ctypes.CDLL(ctypes.util.find_library('lcms2') or 'liblcms2.so.2')
P, U32 = ctypes.c_void_p, ctypes.c_uint32
lcms.cmsOpenProfileFromMem.restype = lcms.cmsCreate_sRGBProfile.restype = lcms.cmsCreateTransform.restype = P
lcms.cmsGetProfileVersion.restype, lcms.cmsGetProfileVersion.argtypes = ctypes.c_double, [P]
for sign in ('cmsGetDeviceClass', 'cmsGetColorSpace', 'cmsGetPCS', 'cmsGetHeaderRenderingIntent'):
    getattr(lcms, sign).restype, getattr(lcms, sign).argtypes = U32, [P]
lcms.cmsIsMatrixShaper.argtypes = [P]
lcms.cmsCreateTransform.argtypes = [P, U32, P, U32, U32, U32]
lcms.cmsDoTransform.argtypes = [P, P, P, U32]

held = bytes(pydicom.dcmread(sys.argv[1]).ICCProfile)
profile = lcms.cmsOpenProfileFromMem(ctypes.c_char_p(held), len(held))
if not profile:
    print('"refused"')
    sys.exit(0)
four = lambda value: value.to_bytes(4, 'big').decode('latin1')
RGB_8 = 0x40019
steps = [0, 1, 8, 20, 51, 85, 128, 170, 204, 254, 255]
before = bytes(one for r in steps for g in steps for b in steps for one in (r, g, b))
after = ctypes.create_string_buffer(len(before))
through = lcms.cmsCreateTransform(profile, RGB_8, lcms.cmsCreate_sRGBProfile(), RGB_8, 1, 0)
lcms.cmsDoTransform(through, before, after, len(before) // 3)
print(json.dumps({
    'version': lcms.cmsGetProfileVersion(profile),
    'class': four(lcms.cmsGetDeviceClass(profile)),
    'space': four(lcms.cmsGetColorSpace(profile)),
    'connection': four(lcms.cmsGetPCS(profile)),
    'intent': lcms.cmsGetHeaderRenderingIntent(profile),
    'isMatrix': bool(lcms.cmsIsMatrixShaper(profile)),
    'colours': len(before) // 3,
    'farthest': max(abs(one - other) for one, other in zip(before, after.raw)),
}))
