"""Members of the staff with chosen permissions."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Permission, User


def staff(*codenames: str) -> User:
    """Somebody with these permissions for boards alone."""
    # Tests that commit empty all tables after them, these rows among them.
    create_permissions(apps.get_app_config("boards"), verbosity=0)
    found = Permission.objects.filter(codename__in=codenames)
    assert {permission.codename for permission in found} == set(codenames)
    user = User.objects.create_user("staff", is_staff=True)
    user.user_permissions.set(found)
    return user
