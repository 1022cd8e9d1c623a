from . import media_enquiry_sheet
from . import media_face_labels
