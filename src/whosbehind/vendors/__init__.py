"""Vendors: recipients judged to be one legal entity, and the family of each at a date."""

from whosbehind.vendors.families import Families, Membership, family_at
from whosbehind.vendors.link import Judged, NameIndex, Recipient, link
from whosbehind.vendors.names import is_joint_venture, name_key
from whosbehind.vendors.resolve import Resolved, Resolver
from whosbehind.vendors.review import review_pairs
from whosbehind.vendors.tables import judged_recipients, memberships, name_records, vendor_records

__all__ = [
    "Families",
    "Judged",
    "Membership",
    "NameIndex",
    "Recipient",
    "Resolved",
    "Resolver",
    "family_at",
    "is_joint_venture",
    "judged_recipients",
    "link",
    "memberships",
    "name_key",
    "name_records",
    "review_pairs",
    "vendor_records",
]
